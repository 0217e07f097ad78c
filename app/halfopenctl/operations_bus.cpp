// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_operations.h"
#include "app/halfopenctl/operations.h"

#include <QCoreApplication>
#include <QTimer>

#include <memory>

namespace halfopen::ctl {

namespace {

template <class Verbs>
void runToItsAnswer(std::unique_ptr<Verbs> (*choose)(),
                    const std::function<void(Verbs&, std::function<void()> done)>& ask) {
    int argc = 1;
    char name[] = "halfopenctl";
    char* argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    const auto operations = choose();
    // From within the event loop, so that quit() counts also where the answer comes at once.
    QTimer::singleShot(0, [&] { ask(*operations, &QCoreApplication::quit); });
    QCoreApplication::exec();
}

} // namespace

void withOperations(const std::function<void(Operations&, std::function<void()> done)>& ask) {
    runToItsAnswer(chooseOperations, ask);
}

void withSocketOperations(const std::function<void(SocketOperations&, std::function<void()> done)>& ask) {
    runToItsAnswer(chooseSocketOperations, ask);
}

void withGuardOperations(const std::function<void(GuardOperations&, std::function<void()> done)>& ask) {
    runToItsAnswer(chooseGuardOperations, ask);
}

} // namespace halfopen::ctl
