// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/exact_opener.h"

#include "app/bus/bus_operations.h"
#include "app/halfopen/session.h"
#include "core/kernel/bpf/exact_programs.h"

#include <functional>
#include <utility>

namespace halfopen {

ExactReader::OpenExact exactByHelper(const std::shared_ptr<BusOperations>& helper, Session& session) {
    if (!helper)
        return {};
    return [helper, &session](std::function<void(Outcome<void>)> done) {
        helper->openExactSource([&session, done = std::move(done)](const Outcome<ExactProgramsPtr>& programs) {
            if (programs)
                session.send(ExactOpened{*programs});
            done(programs.map([](const ExactProgramsPtr&) {}));
        });
    };
}

void readExactlyByOwnRights(Background& background, Session& session) {
    if (!ExactPrograms::mayLoad())
        return;
    background.run([&session] {
        const ExactPrograms::Wanted wanted{.ends = ExactPrograms::EndsReader{}};
        const auto programs = std::make_shared<const Result<ExactProgramsPtr>>(ExactPrograms::load(wanted));
        return Background::Result([&session, programs] {
            if (*programs)
                session.send(ExactOpened{**programs});
        });
    });
}

} // namespace halfopen
