// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/stream_words.h"
#include "app/halfopenctl/terminal.h"
#include "core/stream/limits.h"
#include "core/stream/stream_sender.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

struct StreamOptions : SourceOptions {
    std::string nonce;
    std::string interval = "1s";
    bool zstd = false;
    bool owners = false;
    bool once = false;
};

/// Until the other side has had enough, or is gone.
class Talk {
public:
    Talk(stream::StreamSender& sender, std::chrono::milliseconds interval)
        : m_sender(sender)
        , m_interval(interval) {}

    /// @return the exit code
    int run() {
        m_sender.sayHello();
        while (!m_code) {
            take();
            sampleIfDue();
            wait();
        }
        return *m_code;
    }

private:
    // What is read of a pipe at once; and what can be written to one that poll(2) says is ready, without waiting.
    static constexpr std::size_t kAtOnce = 4096;
    // Where so much waits to be written the kernel keeps the destroy events, and says how often it could not.
    static constexpr std::size_t kMuch = 4 << 20;

    void end(int code) { m_code = m_code.value_or(code); }
    std::size_t pending() const { return m_output.size() - m_written; }

    void take() {
        if (pending() == 0) {
            m_output.clear();
            m_written = 0;
        }
        const auto more = m_sender.takeOutput();
        if (pending() == 0 && !more.empty())
            m_progress = MonotonicClock::now();
        m_output.insert(m_output.end(), more.begin(), more.end());
    }

    /// What costs much is not taken back to back.
    void sampleIfDue() {
        constexpr int kShare = 4; // one part in so many of a processor at most
        const MonotonicTime now = MonotonicClock::now();
        if (now < m_next || pending() > 0)
            return;
        m_sender.sample(m_interval);
        const auto cost = MonotonicClock::now() - now;
        m_sampled = now;
        m_next = now + std::max<std::chrono::nanoseconds>(m_interval, kShare * cost);
        m_settled = m_settled || m_sender.settled();
        take();
    }

    /// Who looks once waits until everything was looked into.
    void lookUp() {
        constexpr auto kSlice = 20ms, kShowNewsAfter = 200ms;
        const bool news = m_sender.lookUp(kSlice);
        if (!m_settled && (news || m_sender.settled()))
            m_next = std::min(m_next, std::max<MonotonicTime>(m_sampled + kShowNewsAfter, MonotonicClock::now()));
    }

    MonotonicTime deadline() const {
        MonotonicTime until = m_heard + stream::kSilenceEnds;
        if (pending() > 0)
            return std::min(until, m_progress + stream::kSilenceEnds);
        return std::min(until, m_next);
    }

    void wait() {
        const bool looks = pending() == 0 && !m_sender.idle();
        if (looks)
            lookUp();
        std::array<pollfd, 4> watched{{{STDIN_FILENO, POLLIN, 0},
                                       {STDOUT_FILENO, static_cast<short>(pending() > 0 ? POLLOUT : 0), 0},
                                       {m_interrupts.descriptor(), POLLIN, 0},
                                       {pending() < kMuch ? m_sender.eventDescriptor() : -1, POLLIN, 0}}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline() - MonotonicClock::now());
        const auto most = std::clamp<std::int64_t>(left.count(), 0, looks && !m_sender.idle() ? 0 : 60'000);
        if (::poll(watched.data(), watched.size(), static_cast<int>(most)) < 0 && errno != EINTR)
            return end(1);
        if (watched[0].revents != 0)
            read();
        if ((watched[1].revents & (POLLERR | POLLNVAL)) != 0)
            return end(0); // nobody reads
        if ((watched[1].revents & POLLOUT) != 0)
            write();
        if (watched[2].revents != 0 && m_interrupts.take())
            return end(0);
        if (watched[3].revents != 0)
            m_sender.tellEvents();
        checkSilence();
    }

    void checkSilence() {
        const MonotonicTime now = MonotonicClock::now();
        if (now < m_heard + stream::kSilenceEnds && (pending() == 0 || now < m_progress + stream::kSilenceEnds))
            return;
        tell(Sentence::tr("The other side has been silent for {0} s.", stream::kSilenceEnds.count()));
        end(1);
    }

    void read() {
        std::array<char, kAtOnce> bytes;
        const ssize_t size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (size <= 0 || !m_orders.add({bytes.data(), static_cast<std::size_t>(size)}))
            return end(0);
        m_heard = MonotonicClock::now();
        while (const auto order = m_orders.next())
            follow(*order);
    }

    void follow(const StreamOrder& order) {
        switch (order.kind) {
        case StreamOrder::Kind::Ping:
            m_sender.answerPing();
            break;
        case StreamOrder::Kind::Interval:
            m_interval = order.interval;
            m_next = std::min<MonotonicTime>(m_next, m_sampled + m_interval);
            break;
        case StreamOrder::Kind::Quit:
            end(0);
            break;
        case StreamOrder::Kind::Other: // of a newer version
            break;
        }
    }

    void write() {
        for (pollfd ready{STDOUT_FILENO, POLLOUT, 0}; pending() > 0 && ::poll(&ready, 1, 0) > 0;) {
            const ssize_t size = ::write(STDOUT_FILENO, m_output.data() + m_written, std::min(pending(), kAtOnce));
            if (size < 0 && (errno == EINTR || errno == EAGAIN))
                return;
            if (size < 0)
                return end(0);
            m_written += static_cast<std::size_t>(size);
            m_progress = MonotonicClock::now();
        }
    }

    stream::StreamSender& m_sender;
    std::chrono::milliseconds m_interval;
    Interrupts m_interrupts;
    StreamOrders m_orders;
    std::vector<std::byte> m_output;
    std::size_t m_written = 0; ///< of m_output
    MonotonicTime m_sampled{};
    MonotonicTime m_next = MonotonicClock::now();
    MonotonicTime m_heard = MonotonicClock::now();
    MonotonicTime m_progress{}; ///< when something could be written last, while there is something
    bool m_settled = false;     ///< it was told once that everything was looked into
    std::optional<int> m_code;
};

/// What is asked for by sshd's word, where the command was chosen by this machine and not by who has logged in.
Result<StreamWords> wordsOf(const StreamOptions& options) {
    if (const char* forced = std::getenv("SSH_ORIGINAL_COMMAND"); forced && options.nonce.empty())
        return parseForcedCommand(forced);
    const auto interval = parseInterval(options.interval);
    if (!interval)
        return tl::unexpected(interval.error());
    if (!stream::isNonce(options.nonce))
        return failure(ErrorCode::Usage,
                       Sentence::tr("--nonce takes 1 to 64 hexadecimal digits, which the first line repeats."));
    return StreamWords{options.nonce, *interval, options.zstd, options.owners, options.once, options.netns};
}

/// Whoever asks is told why in words that it can translate.
int refuse(const StreamWords& words, const Error& why) {
    const auto bytes = stream::StreamSender::refusal(words.nonce, why);
    StandardOutput out;
    out.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return fail(why, false);
}

int talk(StreamOptions options) {
    const auto words = wordsOf(options);
    if (!words)
        return fail(words.error(), false);
    options.netns = words->netns;
    if (auto entered = options.enterNetns(); !entered)
        return refuse(*words, entered.error());
    const auto sender = stream::StreamSender::open(
        {.nonce = words->nonce, .owners = words->owners, .zstd = words->zstd, .calibrate = !words->once});
    if (!sender)
        return refuse(*words, sender.error());
    return Talk(**sender, words->interval).run();
}

} // namespace

void addStream(CLI::App& app, Run& run) {
    auto options = std::make_shared<StreamOptions>();
    CLI::App* command = app.add_subcommand(
        "stream", say(Sentence::tr("Tell another machine's halfopenctl --host of the connections here")));
    command->add_option("--nonce", options->nonce, say(Sentence::tr("Hexadecimal digits that the first line repeats")))
        ->type_name("HEX");
    command->add_option("--interval", options->interval, say(Sentence::tr("Between samples, 250ms to 10s")))
        ->type_name("TIME");
    command->add_flag("--zstd", options->zstd, say(Sentence::tr("Compress, where this program can")));
    command->add_flag("--owners", options->owners,
                      say(Sentence::tr("Tell which processes hold the sockets, and their options")));
    command->add_flag("--once", options->once,
                      say(Sentence::tr("Open no connection of its own to measure the kernel's tick")));
    options->addNetns(*command, false);
    command->callback([options, &run] { run = [options] { return talk(*options); }; });
}

} // namespace halfopen::ctl
