// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_rules.h"
#include "core/actions/request.h"
#include "core/model/guard_rule.h"

#include <string>

namespace halfopen {

/// The rules of the guard, for who may change them and who has to ask: DirectGuardOperations does it in this process,
/// BusOperations (the window) and SdBusOperations (halfopenctl) ask the helper on the system bus. One verb is one
/// question to the person at most.
///
/// Every verb answers through `done`, exactly once, on the thread that called it: BusOperations later, from the event
/// loop, the others before the verb returns. Nothing is answered after the object is gone.
class GuardOperations {
public:
    template <class T>
    using Done = halfopen::Done<T>;

    GuardOperations() = default;
    GuardOperations(const GuardOperations&) = delete;
    GuardOperations& operator=(const GuardOperations&) = delete;
    virtual ~GuardOperations() = default;

    /// As GuardRules::set().
    virtual RequestToken setGuard(const GuardRule& rule, bool persist, Done<void> done) = 0;
    /// Done also if there was none. @param unit  "": the rule of every connection, and no other
    virtual RequestToken forgetGuard(const std::string& unit, Done<void> done) = 0;
    /// Nobody is asked.
    virtual RequestToken listGuards(Done<GuardList> done) = 0;

    /// Withdraws this request and no other, closing its dialog; it is answered with Dismissed. Nothing where it was
    /// answered before.
    virtual void cancel(RequestToken request) = 0;
};

/// What a person with sudo can type instead: "sudo halfopenctl guard postgresql.service --idle 60".
std::string commandToGuard(const GuardRule& rule, bool persist);
/// "sudo halfopenctl guard forget postgresql.service"
std::string commandToForgetGuard(const std::string& unit);

} // namespace halfopen
