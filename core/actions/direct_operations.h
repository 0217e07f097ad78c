// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/operations.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// Does it in this process, with the rights that the process has: root under sudo or in a container, the laboratory,
/// and the helper, which puts the bus and polkit before it. Acts on the network namespace of the calling thread. Blocks
/// for the time of a few small writes and, with persist, of two fsync.
class DirectOperations final : public Operations {
public:
    /// @param root  the directory that stands for "/"; only tests give another
    explicit DirectOperations(std::string root = {});

    RequestToken setKeepaliveDefaults(const KeepaliveChange& change, Done<KeepaliveDefaults> done) override;
    RequestToken forgetKeepaliveDefaults(std::uint64_t netns, Done<void> done) override;
    void cancel(RequestToken) override {} ///< nothing is ever left unanswered

    /// The same verbs, answering by their return value.
    Outcome<KeepaliveDefaults> apply(const KeepaliveChange& change) const;
    Outcome<bool> forget(std::uint64_t netns) const; ///< whether there was a drop-in

    /// What can be refused without touching anything: OutOfRange, WrongNamespace. Cheap; for use before a question is
    /// asked. Files in /etc/sysctl.d count for the namespace in which the machine (or the container) boots, that of
    /// process 1: from any other, such as the laboratory, nothing is kept and nothing forgotten.
    Outcome<void> check(const KeepaliveChange& change) const;
    Outcome<void> checkForget(std::uint64_t netns) const;

    /// What is in effect here.
    Outcome<KeepaliveDefaults> inEffect() const;

private:
    Outcome<void> checkThatBootIsMeant() const;

    std::string m_root;
};

} // namespace halfopen
