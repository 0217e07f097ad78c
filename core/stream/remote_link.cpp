// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/remote_link.h"

#include "core/kernel/process/signals_blocked.h"
#include "core/stream/far_ending.h"
#include "core/stream/shared_connection.h"
#include "core/stream/ss_reader.h"
#include "core/stream/stream_reader.h"

#include <fmt/format.h>
#include <poll.h>

#include <sys/eventfd.h>
#include <sys/random.h>

#include <array>
#include <atomic>

namespace halfopen::stream {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kTryAgain[] = {1s, 2s, 5s, 10s, 30s};
// Answers to questions come oftener, whatever the time between two dumps.
constexpr auto kQuietFor = kPingEvery + 1s;

std::string makeNonce() {
    std::array<std::uint64_t, 2> random{};
    (void)!::getrandom(random.data(), sizeof random, 0);
    return fmt::format("{:016x}{:016x}", random[0], random[1]);
}

/// 0 is this machine.
std::uint32_t nextHost() {
    static std::atomic<std::uint32_t> last = 0;
    return ++last;
}

} // namespace

RemoteLink::RemoteLink(FarRequest request, Asking asking, Command command, TimeLimits limits)
    : m_request(std::move(request))
    , m_asking(asking)
    , m_command(std::move(command))
    , m_limits(limits)
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_eventsCame(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_machine(m_request.host) {
    if (!m_command)
        m_command = [this](const std::string& nonce, Asking how, bool shared, FarProgram program) {
            FarRequest now = m_request;
            now.interval = interval();
            return farCommand(now, nonce, how, shared, program);
        };
    const SignalsBlocked blocked;
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

RemoteLink::~RemoteLink() {
    end();
}

void RemoteLink::end() {
    m_thread.request_stop();
    eventfd_write(m_wake.get(), 1);
    giveUp({ErrorCode::SomeFailed, Sentence::tr("Nobody asks {0} any more.", m_request.host)});
}

void RemoteLink::sleep(std::chrono::seconds time) const {
    pollfd wake{m_wake.get(), POLLIN, 0};
    ::poll(&wake, 1, static_cast<int>(std::chrono::milliseconds(time).count()));
}

/// The first connection that does not come about is told and nothing more is tried; later ones are tried for ever.
void RemoteLink::run(const std::stop_token& stop) {
    bool everTold = false;
    while (!stop.stop_requested()) {
        const auto outcome = converse();
        if (!outcome)
            return giveUp(outcome.error());
        if (outcome->stopped)
            return;
        if (outcome->cutOff)
            return giveUp(*outcome->cutOff);
        const FarEnding ending{outcome->status, outcome->begun, outcome->errorText, outcome->noise};
        if (!everTold && m_program == FarProgram::Halfopenctl && isMissing(ending) && m_request.netns.empty()) {
            m_program = FarProgram::Ss;
            continue;
        }
        const auto took = std::chrono::round<std::chrono::seconds>(outcome->took);
        const Error why =
            outcome->silent ? silenceOf(ending, m_request.host, took) : errorOf(ending, m_request.host, m_program);
        everTold = everTold || outcome->toldDump;
        if (outcome->silent && std::exchange(m_shared, false) && !everTold)
            continue; // the connection of another ssh that it took may be a dead one
        if (!everTold)
            return giveUp(refusal().value_or(why));
        m_failures = outcome->toldDump ? 0 : m_failures + 1;
        const auto again = kTryAgain[std::min(m_failures, std::size(kTryAgain) - 1)];
        lose(why, again);
        sleep(again);
        m_asking = Asking::Never;
    }
}

/// nullopt: a person may be asked. Over a connection that another ssh keeps open nobody is.
std::optional<std::chrono::milliseconds> RemoteLink::firstWordWithin() const {
    if (m_shared && isConnectionShared(m_request.host, m_limits.check, m_wake.get()))
        return m_limits.shared;
    return m_asking == Asking::Never ? std::optional(m_limits.connect) : std::nullopt;
}

Result<Conversation::Outcome> RemoteLink::converse() {
    const std::string nonce = makeNonce();
    const auto firstWord = firstWordWithin();
    auto process = FarProcess::start(m_command(nonce, m_asking, m_shared, m_program));
    if (!process)
        return tl::unexpected(process.error());
    begin();
    std::unique_ptr<FarReader> reader;
    if (m_program == FarProgram::Ss)
        reader = std::make_unique<SsReader>(nonce, m_request.host);
    else
        reader = std::make_unique<StreamReader>(nonce, m_request.host);
    Conversation conversation(
        **process, m_program, std::move(reader), firstWord, m_limits, [this] { return interval(); },
        [this](Message&& message, ByteView raw) { return take(std::move(message), raw); },
        [this](MonotonicTime asked) {
            const std::lock_guard lock(m_mutex);
            m_asked.push_back(asked);
        });
    return conversation.run(m_wake.get());
}

void RemoteLink::setInterval(std::chrono::milliseconds interval) {
    const std::lock_guard lock(m_mutex);
    m_request.interval = interval;
}

std::chrono::milliseconds RemoteLink::interval() const {
    const std::lock_guard lock(m_mutex);
    return m_request.interval;
}

void RemoteLink::begin() {
    const std::lock_guard lock(m_mutex);
    m_clocks = {};
    m_asked.clear();
    if (m_news.dump)
        m_machine.beginAgain();
}

void RemoteLink::lose(const Error& why, std::chrono::seconds again) {
    const std::lock_guard lock(m_mutex);
    const auto silent = std::chrono::round<std::chrono::seconds>(MonotonicClock::now() - m_news.heard);
    m_news.error = {ErrorCode::Unreadable,
                    m_news.dump ? why.sentence + Sentence::tr("Last heard {0} s before; it is tried again after {1} s.",
                                                              silent.count(), again.count())
                                : why.sentence};
    m_changed.notify_all();
}

/// Why halfopenctl over there could not begin, in its own words.
std::optional<Error> RemoteLink::refusal() const {
    const std::lock_guard lock(m_mutex);
    const auto& failed = m_machine.failed();
    return failed ? std::optional(Error{failed->code, failed->sentence}) : std::nullopt;
}

/// Who has seen something already takes what cannot be read for something that passes.
void RemoteLink::giveUp(const Error& why) {
    const std::lock_guard lock(m_mutex);
    m_news.error = why;
    if (m_news.dump && why.code == ErrorCode::Unreadable)
        m_news.error->code = ErrorCode::SomeFailed;
    m_final = true;
    m_changed.notify_all();
}

Result<void> RemoteLink::take(Message&& message, ByteView raw) {
    const std::lock_guard lock(m_mutex);
    m_news.heard = MonotonicClock::now();
    if (const auto* hello = std::get_if<Hello>(&message))
        meet(*hello);
    if (std::holds_alternative<Begin>(message) && owesAnswer())
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("{0} does not tell what its clock shows, and is cut off.", m_request.host));
    if (auto taken = m_machine.take(std::move(message), raw); !taken)
        return taken;
    answer(m_machine.takePongs());
    if (m_machine.hasEvents())
        eventfd_write(m_eventsCame.get(), 1);
    publish();
    return {};
}

/// Another boot is another machine.
void RemoteLink::meet(const Hello& hello) {
    if (m_news.host == 0 || hello.bootId != m_bootId)
        m_news.host = nextHost();
    m_bootId = hello.bootId;
    m_news.hello = hello;
}

/// To the first question; a whole dump has come, which an answer could not overtake.
bool RemoteLink::owesAnswer() const {
    const bool waits = m_machine.dump() != m_news.dump;
    return waits && !m_asked.empty() && m_news.heard >= m_asked.front() + m_limits.answer;
}

void RemoteLink::answer(const std::vector<Clocks>& pongs) {
    for (const Clocks& theirs : pongs) {
        if (m_asked.empty())
            return; // nobody has asked
        m_clocks.add(m_asked.front(), m_news.heard, theirs.monotonic);
        m_asked.pop_front();
    }
}

/// A dump is of no use before it is known what its clock shows now.
void RemoteLink::publish() {
    if (const auto& failed = m_machine.failed()) {
        m_news.error = {failed->code, failed->sentence};
        m_changed.notify_all();
        return;
    }
    const auto clocks = m_clocks.best();
    if (!clocks)
        return;
    m_news.clocks = *clocks;
    if (m_machine.dump() != m_news.dump) {
        m_news.dump = m_machine.dump();
        m_news.error.reset();
        m_changed.notify_all();
    }
}

RemoteLink::News RemoteLink::waitAfter(std::uint64_t after) {
    std::unique_lock lock(m_mutex);
    const auto isThere = [&] {
        return m_final || m_news.error.has_value() || (m_news.dump && m_news.dump->number > after);
    };
    if (after == 0) // a person may be asked for something
        m_changed.wait(lock, isThere);
    while (!isThere()) {
        const auto left = m_news.heard + kQuietFor - MonotonicClock::now();
        if (left <= left.zero())
            break;
        m_changed.wait_for(lock, left);
    }
    return m_news;
}

std::vector<ToldSocket> RemoteLink::takeTold() {
    const std::lock_guard lock(m_mutex);
    return m_machine.takeTold();
}

std::vector<DestroyEvent> RemoteLink::takeEvents() {
    const std::lock_guard lock(m_mutex);
    eventfd_t ignored = 0;
    eventfd_read(m_eventsCame.get(), &ignored);
    return m_machine.takeEvents();
}

std::uint64_t RemoteLink::takeLost() {
    const std::lock_guard lock(m_mutex);
    return m_machine.takeLost();
}

} // namespace halfopen::stream
