// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/keepalive_trial.h"
#include "core/model/boot_configuration.h"

#include <chrono>
#include <functional>

namespace halfopen {

/// Where the settings that are shown live, and what a boot will make of them.
struct TuningPlace {
    BootConfiguration boot;
    bool laboratory = false; ///< a namespace that ends with the window: nothing outlives it, and no file sets it
};

/// All that the Tuning page does to the machine. Every verb returns at once and answers from the event loop of the
/// GUI thread, exactly once, unless this object is gone before.
class TuningBackend {
public:
    template <class T>
    using Done = halfopen::Done<T>;

    TuningBackend() = default;
    TuningBackend(const TuningBackend&) = delete;
    TuningBackend& operator=(const TuningBackend&) = delete;
    virtual ~TuningBackend() = default;

    /// As Operations::setKeepaliveDefaults().
    virtual RequestToken apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) = 0;
    /// As Operations::forgetKeepaliveDefaults().
    virtual RequestToken forget(std::uint64_t netns, Done<void> done) = 0;

    /// Sets them for a while. Where the helper does it, it takes them back when the time is over, and when this program
    /// is gone before.
    virtual RequestToken tryOut(const KeepaliveChange& change, std::chrono::seconds length,
                                Done<KeepaliveTrial> done) = 0;
    /// End a trial; nobody is asked. Answered with what is in effect then, or TrialOver. A trial that was taken back
    /// already counts as taken back.
    virtual void keep(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) = 0;
    virtual void takeBack(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) = 0;

    /// Withdraws this request and no other, closing its dialog; it is answered with Dismissed.
    virtual void cancel(RequestToken request) = 0;
    /// Looks at the files that set the values at boot.
    virtual void look(std::function<void(TuningPlace)> done) = 0;
};

} // namespace halfopen
