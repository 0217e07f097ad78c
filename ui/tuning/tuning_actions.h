// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/privilege/operations.h"
#include "core/sysctl/boot_configuration.h"

#include <functional>

namespace halfopen {

/// Where the settings that are shown live, and what a boot will make of them.
struct TuningPlace {
    BootConfiguration boot;
    bool laboratory = false; ///< a namespace that ends with the window: nothing outlives it, and no file sets it
};

/// All that the Tuning page does to the machine. Every verb returns at once and answers from the event loop of the
/// GUI thread, exactly once, unless this object is gone before.
class TuningActions {
public:
    template <class T>
    using Done = std::function<void(Outcome<T>)>;

    TuningActions() = default;
    TuningActions(const TuningActions&) = delete;
    TuningActions& operator=(const TuningActions&) = delete;
    virtual ~TuningActions() = default;

    /// As Operations::setKeepaliveDefaults().
    virtual void apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) = 0;
    /// As Operations::forgetKeepaliveDefaults().
    virtual void forget(std::uint64_t netns, Done<void> done) = 0;
    /// Withdraws what is not answered yet, closing an open dialog; it is answered with Dismissed.
    virtual void cancel() = 0;
    /// Looks at the files that set the values at boot.
    virtual void look(std::function<void(TuningPlace)> done) = 0;
};

} // namespace halfopen
