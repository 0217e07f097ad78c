// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/loader.h"

#include "app/contract/bus_sockets.h"
#include "app/helper/child_process.h"
#include "core/actions/direct_guard_operations.h"
#include "core/actions/socket_checks.h"
#include "core/kernel/bpf/guard_record.h"
#include "core/kernel/descriptor_passing.h"

#include <linux/capability.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace halfopen {

namespace {

// A change takes some 60 ms, but waits for others who change the rules. Both together are less than what a caller of
// the helper is kept waiting for.
constexpr std::chrono::seconds kTimeLimit{4};
constexpr std::chrono::seconds kTurnLimit{1};

enum What : std::uint32_t { Set, Forget, List, OpenExact, Change };

// So many sockets go into one message.
constexpr std::size_t kMostAtOnce = 1024;

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

/// What a request that is not answered in time was about.
Sentence tooSlow(std::uint32_t what) {
    if (what == OpenExact || what == Change)
        return Sentence::tr("The kernel takes longer than usual; try again later.");
    return Sentence::tr("The guard takes longer than usual to answer: the list of its rules will tell whether this was "
                        "done.");
}

/// @param programs  null: there are none
std::vector<int> descriptorsOf(const ExactPrograms* programs) {
    if (programs == nullptr)
        return {};
    std::vector<int> fds{programs->sockets(), programs->owners()};
    if (const ExactEnds* const ends = programs->ends())
        std::ranges::copy(ends->descriptors(), std::back_inserter(fds));
    return fds;
}

GuardRule ruleOf(const Line& line) {
    return {textOf(line.unit), line.idle, line.interval, line.probes, line.userTimeout};
}

} // namespace

struct Loader::Request {
    std::uint32_t sequence = 0;
    std::uint32_t what = List;
    std::uint32_t persist = 0;
    std::uint32_t count = 0; ///< of `cookies`, of Change
    Line line;
    OptionsChange change;
    std::uint32_t withEnds = 0; ///< of OpenExact: `reader` means something
    ExactPrograms::EndsReader reader;
    std::array<std::uint64_t, kMostAtOnce> cookies{};
};

/// What goes back.
struct Loader::Answer {
    std::uint32_t sequence = 0;
    std::uint32_t was = 0;          ///< of Forget: whether there was one; of Change: ChangePass::stopped
    std::array<char, 2048> error{}; ///< toBusError(); "": it was done
    std::uint64_t count = 0;        ///< of what follows
    alignas(8) std::array<std::byte, 160 * 1024> items;

    /// What does not fit is left out. Size of an item: that of its type.
    template <class Item>
    void add(const Item& item) {
        static_assert(std::is_trivially_copyable_v<Item>);
        if ((count + 1) * sizeof item <= items.size())
            std::memcpy(items.data() + count++ * sizeof item, &item, sizeof item);
    }
    template <class Item>
    std::vector<Item> all() const {
        std::vector<Item> them(std::min<std::size_t>(count, items.size() / sizeof(Item)));
        if (!them.empty())
            std::memcpy(them.data(), items.data(), them.size() * sizeof(Item));
        return them;
    }
    static std::size_t sizeWith(std::size_t bytes) { return offsetof(Answer, items) + bytes; }
};
static_assert(kMostAtOnce * sizeof(ChangedSocket) <= 160 * 1024 && GUARD_MOST_RULES * sizeof(Line) <= 160 * 1024);

struct Loader::Reply {
    std::unique_ptr<const Answer> answer;
    std::array<UniqueFd, DescriptorMessage::kMost> programs; ///< of OpenExact, as descriptorsOf() has them
};

/// In the loader.
struct Loader::Server {
    DirectGuardOperations operations;
    ExactProgramsPtr exact; ///< until it is handed on
    Answer answer;
    std::size_t bytes = 0; ///< of its items

    void run(int channel) {
        Request request;
        while (receive(channel, request)) {
            bytes = 0;
            answer.sequence = request.sequence;
            answer.was = 0;
            answer.count = 0;
            answer.error.front() = '\0';
            if (const auto done = work(request); !done)
                copy(toBusError(done.error()), answer.error);
            DescriptorMessage message(&answer, Answer::sizeWith(bytes));
            message.send(channel, descriptorsOf(exact.get()));
            exact.reset();
        }
    }

    static bool receive(int channel, Request& request) {
        static_assert(std::is_trivially_copyable_v<Request>);
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
            return ExactPrograms::load({.ends = request.withEnds != 0 ? std::optional(request.reader) : std::nullopt})
                .map([this](ExactProgramsPtr programs) { exact = std::move(programs); })
                .map_error(toPrivilegeError);
        case Change:
            return checkChange(request.change).and_then([&] { return change(request); });
        default:
            return operations.inKernel().map([this](const std::vector<GuardState>& states) {
                add(states, [](const GuardState& one) { return lineOf(one.rule, one.counts); });
            });
        }
    }

    Outcome<void> change(const Request& request) {
        const auto cookies = std::span(request.cookies).first(std::min<std::size_t>(request.count, kMostAtOnce));
        return halfopen::changeSockets(cookies, request.change, *ownNetnsAccess())
            .map([this](const ChangePass& pass) {
                answer.was = pass.stopped ? 1 : 0;
                add(pass.changed, [](const ChangedSocket& one) { return one; });
            })
            .map_error(toPrivilegeError);
    }

    template <class From, class ToItem>
    void add(const std::vector<From>& all, ToItem toItem) {
        for (const From& one : all)
            answer.add(toItem(one));
        bytes = answer.count * sizeof(decltype(toItem(all.front())));
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
    const auto failed = [what = request.what](int error) {
        if (error == EAGAIN) // it goes on with what it was asked for
            return refusal(PrivilegeErrorKind::Busy, tooSlow(what));
        return refusal(
            PrivilegeErrorKind::WriteFailed,
            Sentence::tr("The process of the helper that loads programs does not answer: {0}.", Errno{error}));
    };
    const std::unique_lock lock(m_mutex, kTurnLimit);
    if (!lock)
        return refusal(PrivilegeErrorKind::Busy,
                       Sentence::tr("The helper is busy with the kernel for somebody else; try again later."));
    request.sequence = ++m_sequence;
    if (::send(m_channel.get(), &request, sizeof request, MSG_NOSIGNAL) != sizeof request)
        return failed(errno);
    auto answer = std::make_unique<Answer>();
    Reply reply;
    do { // past what was given up before
        std::array<int, DescriptorMessage::kMost> fds{};
        const ssize_t size = DescriptorMessage(answer.get(), sizeof *answer).receive(m_channel.get(), fds);
        std::ranges::transform(fds, reply.programs.begin(), [](int fd) { return UniqueFd(fd); });
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
        std::vector<GuardState> states;
        for (const Line& line : reply.answer->all<Line>())
            states.push_back({ruleOf(line), line.counts});
        return states;
    });
}

Outcome<ExactProgramsPtr> Loader::openExact(const std::optional<ExactPrograms::EndsReader>& reader) const {
    Request request{.what = OpenExact, .withEnds = reader ? 1U : 0U};
    request.reader = reader.value_or(ExactPrograms::EndsReader());
    auto reply = ask(request);
    if (!reply)
        return tl::unexpected(reply.error());
    const std::span<UniqueFd> programs(reply->programs); // and what tells of ends behind both
    UniqueFd& sockets = programs[0];
    UniqueFd& owners = programs[1];
    if (!sockets || !owners) // no descriptor was to be had for them
        return refusal(PrivilegeErrorKind::Busy, Sentence::tr("The helper has too many files open."));
    return ExactPrograms::handed(std::move(sockets), std::move(owners),
                                 ExactEnds::from(programs.subspan(2, ExactEnds::kDescriptors), request.reader.netns));
}

Result<ChangePass> Loader::changeSockets(std::span<const std::uint64_t> cookies, const OptionsChange& change) const {
    ChangePass whole;
    while (!cookies.empty()) {
        const auto some = cookies.first(std::min(cookies.size(), kMostAtOnce));
        cookies = cookies.subspan(some.size());
        Request request{.what = Change, .count = static_cast<std::uint32_t>(some.size()), .change = change};
        std::ranges::copy(some, request.cookies.begin());
        const auto reply = ask(request);
        if (!reply && whole.changed.empty())
            return tl::unexpected(toError(reply.error()));
        if (!reply) // what is changed is changed
            return whole;
        const auto changed = reply->answer->all<ChangedSocket>();
        whole.changed.insert(whole.changed.end(), changed.begin(), changed.end());
        whole.stopped = whole.stopped || reply->answer->was != 0;
    }
    return whole;
}

} // namespace halfopen
