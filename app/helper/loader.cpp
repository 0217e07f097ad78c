// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/loader.h"

#include "app/contract/bus_sockets.h"
#include "app/helper/child_process.h"
#include "core/actions/direct_guard_operations.h"
#include "core/kernel/bpf/guard_record.h"
#include "core/kernel/descriptor_passing.h"

#include <linux/capability.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

namespace halfopen {

namespace {

// A change takes some 60 ms, but waits for others who change the rules. Both together are less than what a caller of
// the helper is kept waiting for.
constexpr std::chrono::seconds kTimeLimit{4};
constexpr std::chrono::seconds kTurnLimit{1};

enum What : std::uint32_t { Set, Forget, List, OpenExact };

using Name = std::array<char, kMostGuardName + 1>;

/// A rule with its counts, as it goes through the channel.
struct Line {
    Name unit{};
    std::int32_t idle = 0;
    std::int32_t interval = 0;
    std::int32_t probes = 0;
    std::int32_t userTimeout = 0;
    GuardCounts counts;
};

/// What does not fit is cut off.
void copy(std::string_view text, std::span<char> to) {
    std::ranges::fill(to, '\0');
    std::ranges::copy(text.substr(0, to.size() - 1), to.begin());
}

std::string textOf(std::span<const char> bytes) {
    return {bytes.begin(), std::ranges::find(bytes, '\0')};
}

Line lineOf(const GuardRule& rule, const GuardCounts& counts = {}) {
    Line line{{}, rule.idle, rule.interval, rule.probes, rule.userTimeout, counts};
    copy(rule.unit, line.unit);
    return line;
}

GuardRule ruleOf(const Line& line) {
    return {textOf(line.unit), line.idle, line.interval, line.probes, line.userTimeout};
}

} // namespace

struct Loader::Request {
    std::uint32_t sequence = 0;
    std::uint32_t what = List;
    std::uint32_t persist = 0;
    Line line;
};

/// What goes back; as long as `count` says.
struct Loader::Answer {
    std::uint32_t sequence = 0;
    std::uint32_t was = 0;          ///< of Forget: whether there was one
    std::array<char, 2048> error{}; ///< toBusError(); "": it was done
    std::uint64_t count = 0;
    std::array<Line, GUARD_MOST_RULES> lines;

    std::size_t size() const { return offsetof(Answer, lines) + count * sizeof(Line); }
};

struct Loader::Reply {
    std::unique_ptr<const Answer> answer;
    UniqueFd sockets; ///< ExactPrograms::sockets() and owners(), of OpenExact
    UniqueFd owners;
};

/// In the loader.
struct Loader::Server {
    DirectGuardOperations operations;
    ExactProgramsPtr exact; ///< until it is handed on
    Answer answer;

    void run(int channel) {
        Request request;
        while (receive(channel, request)) {
            answer.sequence = request.sequence;
            answer.was = 0;
            answer.count = 0;
            answer.error.front() = '\0';
            if (const auto done = work(request); !done)
                copy(toBusError(done.error()), answer.error);
            DescriptorMessage message(&answer, answer.size());
            exact ? message.send(channel, exact->sockets(), exact->owners()) : message.send(channel, -1);
            exact.reset();
        }
    }

    static bool receive(int channel, Request& request) {
        ssize_t size = 0;
        do
            size = ::recv(channel, &request, sizeof request, 0);
        while (size < 0 && errno == EINTR);
        return size == sizeof request;
    }

    Outcome<void> work(const Request& request) {
        const GuardRule rule = ruleOf(request.line);
        switch (request.what) {
        case Set:
            return operations.set(rule, request.persist != 0);
        case Forget:
            return operations.forget(rule.unit).map([this](bool was) { answer.was = was ? 1 : 0; });
        case OpenExact:
            return ExactPrograms::load()
                .map([this](ExactProgramsPtr programs) { exact = std::move(programs); })
                .map_error(toPrivilegeError);
        default:
            return operations.inKernel().map([this](const std::vector<GuardState>& states) {
                for (const GuardState& one : states)
                    if (answer.count < answer.lines.size())
                        answer.lines[answer.count++] = lineOf(one.rule, one.counts);
            });
        }
    }
};

void Loader::serve(int channel) {
    Server().run(channel);
}

Result<std::unique_ptr<Loader>> Loader::start() {
    auto channel = startChild("halfopen-loader", {CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN}, serve, kTimeLimit);
    if (!channel)
        return tl::unexpected(channel.error());
    return std::unique_ptr<Loader>(new Loader(std::move(*channel)));
}

Outcome<Loader::Reply> Loader::ask(Request request) const {
    const auto failed = [](int error) {
        if (error == EAGAIN) // it goes on with what it was asked for
            return refusal(PrivilegeErrorKind::Busy,
                           Sentence::tr("The guard takes longer than usual to answer: the list of its rules will tell "
                                        "whether this was done."));
        return refusal(
            PrivilegeErrorKind::WriteFailed,
            Sentence::tr("The process of the helper that loads programs does not answer: {0}.", Errno{error}));
    };
    const std::unique_lock lock(m_mutex, kTurnLimit);
    if (!lock)
        return refusal(PrivilegeErrorKind::Busy,
                       Sentence::tr("Another process is about to change the rules; try again when it is done."));
    request.sequence = ++m_sequence;
    if (::send(m_channel.get(), &request, sizeof request, MSG_NOSIGNAL) != sizeof request)
        return failed(errno);
    auto answer = std::make_unique<Answer>();
    Reply reply;
    do { // past what was given up before
        int sockets = -1;
        int owners = -1;
        const ssize_t size = DescriptorMessage(answer.get(), sizeof *answer).receive(m_channel.get(), sockets, owners);
        reply.sockets.reset(sockets);
        reply.owners.reset(owners);
        if (size <= 0)
            return failed(size < 0 ? errno : EPIPE);
    } while (answer->sequence != request.sequence);
    if (answer->error.front() != '\0')
        return tl::unexpected(errorFrom(textOf(answer->error)));
    reply.answer = std::move(answer);
    return reply;
}

Outcome<void> Loader::setGuard(const GuardRule& rule, bool persist) const {
    if (auto checked = checkRule(rule); !checked) // a name that is cut off would be another
        return tl::unexpected(toPrivilegeError(checked.error()));
    return ask({.what = Set, .persist = persist ? 1U : 0U, .line = lineOf(rule)}).map([](const auto&) {});
}

Outcome<bool> Loader::forgetGuard(const std::string& unit) const {
    if (!unit.empty() && !isGuardName(unit))
        return false;
    return ask({.what = Forget, .line = lineOf({unit})}).map([](const Reply& reply) { return reply.answer->was != 0; });
}

Outcome<std::vector<GuardState>> Loader::listGuards() const {
    return ask({.what = List}).map([](const Reply& reply) {
        const auto& answer = reply.answer;
        std::vector<GuardState> states;
        for (std::size_t at = 0; at < std::min<std::size_t>(answer->count, answer->lines.size()); ++at)
            states.push_back({ruleOf(answer->lines[at]), answer->lines[at].counts});
        return states;
    });
}

Outcome<ExactProgramsPtr> Loader::openExact() const {
    auto reply = ask({.what = OpenExact});
    if (!reply)
        return tl::unexpected(reply.error());
    if (!reply->sockets || !reply->owners) // no descriptor was to be had for them
        return refusal(PrivilegeErrorKind::Busy, Sentence::tr("The helper has too many files open."));
    return ExactPrograms::handed(std::move(reply->sockets), std::move(reply->owners));
}

} // namespace halfopen
