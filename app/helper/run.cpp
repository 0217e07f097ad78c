// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/run.h"

#include "app/contract/helper_names.h"
#include "app/helper/change_log.h"
#include "app/helper/confinement.h"
#include "app/helper/event_loop.h"
#include "app/helper/helper_service.h"
#include "app/helper/helper_table.h"
#include "app/helper/lifetime.h"
#include "app/helper/loader.h"
#include "app/helper/opener.h"
#include "app/helper/system_bus.h"

#include <linux/capability.h>

#include <memory>
#include <string>
#include <utility>

namespace halfopen {
namespace {

constexpr int kFailed = 1;
// Nobody else is served meanwhile. A million descriptors take about two seconds.
constexpr std::chrono::seconds kScanTimeLimit{3};

/// Where the loader is: in the helper's own network namespace.
ChangeMany changeByLoader(const Loader& loader) {
    return [&loader](std::span<const std::uint64_t> cookies, const OptionsChange& change,
                     const NetnsAccess& netns) -> Result<ChangePass> {
        if (netns.tier() != NetnsTier::Own)
            return failure(ErrorCode::NotSupported,
                           Sentence::tr("The helper changes many sockets at once in its own network namespace alone."));
        return loader.changeSockets(cookies, change);
    };
}

int fail(const std::string& why) {
    SystemLog().write(SystemLog::Level::Error, "not started: " + why);
    return kFailed;
}

} // namespace

int runHelper(std::chrono::milliseconds idle, const AdmissionLimits& limits) {
    const auto surroundings = confine();
    if (!surroundings)
        return fail(inEnglish(surroundings.error()));
    auto opener = Opener::start();
    if (!opener)
        return fail(inEnglish(opener.error()));
    auto loader = Loader::start();
    if (!loader)
        return fail(inEnglish(loader.error()));
    // The other verbs need no more than these three, whoever starts the helper.
    if (const auto kept = keepCapabilities({CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH}); !kept)
        return fail(inEnglish(kept.error()));
    if (!Lifetime::holdSignals())
        return fail("SIGTERM could not be held back");

    const auto loop = EventLoop::create();
    if (!loop)
        return fail("no event loop");
    const auto bus = SystemBus::open(*loop);
    if (!bus)
        return fail("no system bus");

    const DirectOperations operations;
    // A thread that the kernel keeps waiting may use them to the very end.
    static const std::unique_ptr<Opener> kOpener = std::move(*opener);
    static const std::unique_ptr<Loader> kLoader = std::move(*loader);
    static const DirectSocketOperations sockets(kScanTimeLimit, ownNetnsAccess(), changeByLoader(*kLoader));
    HelperService service(*loop, *bus, operations, sockets, *kOpener, *kLoader, limits);
    const Lifetime lifetime(*loop, *bus, service, idle, surroundings->notifySocket);
    if (!service.watchCallers())
        return fail("the bus does not tell who leaves it");
    // The object first: whoever finds the name must find the object.
    if (!showOnBus(bus->get(), service) || !bus->takeName(kHelperName))
        return fail("the bus does not give the name away: is the bus configuration installed?");
    return loop->run();
}

} // namespace halfopen
