// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/bpf/guard_program.h"
#include "core/kernel/bpf/socket_changer.h"
#include "core/kernel/unique_fd.h"
#include "core/model/guard_rule.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// The only process of the helper that may load BPF programs and change their maps: it keeps CAP_BPF, CAP_PERFMON and
/// CAP_NET_ADMIN, with which all of the kernel's memory can be read, and of which the process that listens to the bus
/// has the last one alone. It knows neither the bus nor anything that a caller says but the name and the numbers of a
/// rule, and the cookies of sockets with what they are to be given; it checks both itself.
///
/// Any thread; one request at a time.
class Loader {
public:
    /// As startChild().
    static Result<std::unique_ptr<Loader>> start();

    /// As GuardRules::set().
    Outcome<void> setGuard(const GuardRule& rule, bool persist) const;
    /// @return whether there was one of this unit
    Outcome<bool> forgetGuard(const std::string& unit) const;
    /// What the kernel has.
    Outcome<std::vector<GuardState>> listGuards() const;
    /// As ExactPrograms::load(): programs that read and none that acts. The loader keeps nothing of them, so they go
    /// with whoever gets them.
    /// @param reader  of the ends; nullopt: none are told
    Outcome<ExactProgramsPtr> openExact(const std::optional<ExactPrograms::EndsReader>& reader) const;
    /// As changeSockets(), in the network namespace of the helper; any number of cookies.
    Result<ChangePass> changeSockets(std::span<const std::uint64_t> cookies, const OptionsChange& change) const;

private:
    struct Request;
    struct Answer;
    struct Reply;
    struct Server;

    explicit Loader(UniqueFd channel)
        : m_channel(std::move(channel)) {}
    static void serve(int channel);
    Outcome<Reply> ask(Request request) const;

    UniqueFd m_channel;
    mutable std::timed_mutex m_mutex;
    mutable std::uint32_t m_sequence = 0;
};

} // namespace halfopen
