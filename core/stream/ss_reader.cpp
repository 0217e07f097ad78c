// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/ss_reader.h"

#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/stream/limits.h"

#include <fmt/format.h>

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>

#include <charconv>
#include <cstring>
#include <numeric>
#include <utility>

namespace halfopen::stream {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSsBeginning = "halfopen ss ";
constexpr std::string_view kSsProtocol = "1";
constexpr std::size_t kHelloLines = 6;
constexpr std::size_t kMostLine = 4096;
constexpr std::uint32_t kBatch = 32 * 1024;
constexpr int kFamilies = 2;
constexpr auto kUptimeStep = 10ms;
/// No message begins with these bytes: it would be larger than any is.
constexpr std::string_view kBehindSockets = "half";

/// "47975.38 9908.55", the first of them; the middle of what it stands for.
std::optional<MonotonicTime> uptimeOf(std::string_view line) {
    std::int64_t seconds = 0;
    unsigned hundredths = 0;
    const char* const end = line.data() + line.size();
    const auto [dot, bad] = std::from_chars(line.data(), end, seconds);
    if (bad != std::errc() || seconds < 0 || seconds > std::int64_t{1} << 32U || end - dot < 3 || *dot != '.')
        return std::nullopt;
    if (std::from_chars(dot + 1, dot + 3, hundredths).ptr != dot + 3)
        return std::nullopt;
    return MonotonicTime(std::chrono::seconds(seconds) + hundredths * kUptimeStep + kUptimeStep / 2);
}

template <class T>
T numberIn(std::string_view text, T otherwise) {
    T number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// "net:[4026531840]"
std::uint64_t inodeIn(std::string_view link) {
    const auto bracket = link.find('[');
    return bracket == std::string_view::npos ? 0 : numberIn<std::uint64_t>(link.substr(bracket + 1), 0);
}

/// "CONFIG_HZ=250"
std::int32_t builtTick(std::string_view line) {
    const auto equals = line.find('=');
    return equals == std::string_view::npos ? 0 : numberIn<std::int32_t>(line.substr(equals + 1), 0);
}

/// The names of the files below /proc/sys/net, all of them of a closed list.
std::string settingFiles() {
    std::string files = kLocalPortsPath;
    for (const SettingInfo& info : allSettings())
        files += " " + settingPath(info.id);
    return files;
}

} // namespace

/// By sh, whatever shell one has there; a single quotation, in which no shell looks for anything.
std::string ssCommand(std::string_view nonce) {
    return fmt::format("sh -c 'PATH=$PATH:/usr/sbin:/sbin; LC_ALL=C; export LC_ALL; command -v ss >/dev/null || exit "
                       "127; echo \"{}{} {}\"; uname -n; uname -r; cat /proc/sys/kernel/random/boot_id || echo; id -u; "
                       "readlink /proc/self/ns/net || echo; grep -hs ^CONFIG_HZ= \"/boot/config-$(uname -r)\" || echo; "
                       "cd /proc/sys || exit 1; while read -r asked; do echo round; cat /proc/uptime; grep -s \"\" {}; "
                       "echo sockets; ss -taimD -; echo halfopen; cat /proc/uptime; done'",
                       kSsBeginning, kSsProtocol, nonce, settingFiles());
}

SsReader::SsReader(std::string_view nonce, std::string host)
    : m_host(std::move(host))
    , m_firstLine(kSsBeginning, nonce, m_host) {}

Result<void> SsReader::feed(ByteView bytes, const Take& take) {
    if (!begun())
        if (auto searched = m_firstLine.find(bytes); !searched)
            return searched;
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    Result<bool> more = true;
    while (more && *more)
        more = step(take);
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(std::exchange(m_taken, 0)));
    return more ? Result<void>() : tl::unexpected(more.error());
}

/// @return false where what comes next is not there as a whole
Result<bool> SsReader::step(const Take& take) {
    const std::string_view text(reinterpret_cast<const char*>(rest().data()), rest().size());
    if (m_at == At::Sockets && text.size() < kBehindSockets.size())
        return false;
    if (m_at == At::Sockets && !text.starts_with(kBehindSockets))
        return takeSocket(take);
    const auto end = text.find('\n');
    if (std::min(end, text.size()) > kMostLine)
        return tl::unexpected(noSense(m_host, Sentence::tr("a line without an end")));
    if (end == std::string_view::npos)
        return false;
    m_taken += end + 1;
    if (auto taken = takeLine(std::string(text.substr(0, end)), take); !taken)
        return tl::unexpected(taken.error());
    return true;
}

Result<void> SsReader::takeLine(const std::string& line, const Take& take) {
    switch (m_at) {
    case At::Hello:
        m_hello.push_back(line);
        return m_hello.size() < kHelloLines ? Result<void>() : sayHello(take);
    case At::Round:
        if (line != "round")
            return tl::unexpected(noSense(m_host, Sentence::tr("it is out of order")));
        m_at = At::Uptime;
        return {};
    case At::Uptime:
        return begin(line, take);
    case At::Settings:
        if (line == "sockets")
            m_at = At::Sockets;
        else if (const auto colon = line.find(':'); colon != std::string::npos && m_files.size() < 2 * kSettingCount)
            m_files.insert_or_assign(line.substr(0, colon), line.substr(colon + 1));
        return {};
    case At::Sockets:
        m_at = At::UptimeAfter;
        return {};
    case At::UptimeAfter:
        return end(line, take);
    }
    return {};
}

Result<void> SsReader::sayHello(const Take& take) {
    m_at = At::Round;
    m_clock.hz = builtTick(m_hello[5]);
    m_tickBuilt = m_clock.hz == m_clock.rate();
    m_clock.hz = m_clock.rate();
    return take(Hello{.host = m_hello[0],
                      .kernel = m_hello[1],
                      .bootId = m_hello[2],
                      .uid = numberIn<std::uint32_t>(m_hello[3], 0),
                      .netns = inodeIn(m_hello[4]),
                      .netnsName = {},
                      .noEvents = {},
                      .noise = m_firstLine.noise()},
                {});
}

Result<void> SsReader::begin(std::string_view uptime, const Take& take) {
    const auto time = uptimeOf(uptime);
    if (!time)
        return tl::unexpected(noSense(m_host, Sentence::tr("/proc/uptime has no time")));
    m_before = *time;
    m_files.clear();
    m_sockets.clear();
    m_batches.clear();
    m_dumps = 0;
    m_at = At::Settings;
    const Clocks clocks{.monotonic = m_before.time_since_epoch(), .boot = m_before.time_since_epoch()};
    if (auto taken = take(Pong{clocks}, {}); !taken)
        return taken;
    return take(Begin{.clocks = clocks}, {});
}

Result<bool> SsReader::takeSocket(const Take& take) {
    nlmsghdr head{};
    if (rest().size() < sizeof head)
        return false;
    std::memcpy(&head, rest().data(), sizeof head);
    if (head.nlmsg_len < sizeof head || head.nlmsg_len > kMostBatch)
        return tl::unexpected(
            noSense(m_host, Sentence::tr("a message of type {0} and {1} bytes", head.nlmsg_type, head.nlmsg_len)));
    const std::size_t whole = NLMSG_ALIGN(std::size_t{head.nlmsg_len});
    if (rest().size() < whole)
        return false;
    const ByteView message = rest().first(whole);
    m_taken += whole;
    if (m_sockets.size() + whole > kMostDump)
        return tl::unexpected(tooMuch(m_host));
    const bool isDone = head.nlmsg_type == NLMSG_DONE;
    if (isDone)
        ++m_dumps;
    else
        learnTick(message.subspan(sizeof head));
    m_sockets.insert(m_sockets.end(), message.begin(), message.end());
    const bool isFull = m_batches.empty() || m_batchEnds || m_batches.back() + whole > kBatch;
    m_batchEnds = isDone;
    if (isFull)
        m_batches.push_back(0);
    m_batches.back() += static_cast<std::uint32_t>(whole);
    // What is told waits for its moment, which is known at the end; that more comes is told at once.
    if (auto alive = isFull ? take(Message(), {}) : Result<void>(); !alive)
        return tl::unexpected(alive.error());
    return true;
}

/// idiag_expires is jiffies told in ms (net/ipv4/inet_diag.c), so it is a multiple of a tick where a tick is whole ms.
void SsReader::learnTick(ByteView socket) {
    inet_diag_msg diag{};
    if (m_tickBuilt || socket.size() < sizeof diag)
        return;
    std::memcpy(&diag, socket.data(), sizeof diag);
    if (diag.idiag_timer == 0 || diag.idiag_expires == 0 || diag.idiag_expires > 1U << 30U)
        return;
    constexpr int kEnough = 8;
    m_tickDivisor = std::gcd(m_tickDivisor, diag.idiag_expires);
    if (++m_timers >= kEnough)
        m_clock.hz = m_tickDivisor % 10 == 0 ? 100 : m_tickDivisor % 4 == 0 ? 250 : 1000;
}

Result<void> SsReader::tellFacts(const Take& take) {
    const TcpSysctls sysctls = tcpSysctlsIn(m_files);
    const bool changed = !m_toldFacts || sysctls != m_toldSysctls;
    m_toldFacts = true;
    m_toldSysctls = sysctls;
    if (changed)
        if (auto taken = take(Message(sysctls), {}); !taken)
            return taken;
    return take(Message(m_clock), {});
}

/// The sockets were listed somewhere between the two readings.
Result<void> SsReader::end(std::string_view uptime, const Take& take) {
    m_at = At::Round;
    const auto after = uptimeOf(uptime);
    if (!after || *after < m_before)
        return tl::unexpected(noSense(m_host, Sentence::tr("/proc/uptime has no time")));
    if (m_dumps < kFamilies)
        return take(Failed{ErrorCode::NotSupported,
                           Sentence::tr("ss on {0} does not tell what the kernel says (ss --diag).", m_host)},
                    {});
    const auto half = (*after - m_before + kUptimeStep) / 2;
    const MonotonicTime middle = m_before + (*after - m_before) / 2;
    if (auto told = tellFacts(take); !told)
        return told;
    std::size_t offset = 0;
    for (const std::uint32_t size : m_batches) {
        const BatchMark mark{.bytes = size, .sampled = middle, .tickCertain = false};
        if (auto taken = take(mark, ByteView(m_sockets).subspan(offset, size)); !taken)
            return taken;
        offset += size;
    }
    const std::chrono::nanoseconds error = half + kUptimeStep / 2; // of its own clock, and of when it was read here
    End end{.started = middle, .taken = middle, .tickCertain = false, .stampError = error};
    end.notes.push_back(
        Sentence::tr("There is no halfopenctl on {0}: ss tells of its connections, without owners, options and ends, "
                     "and its moments are known to within {1} ms of its clock.",
                     m_host, std::chrono::ceil<std::chrono::milliseconds>(error).count()));
    if (!m_tickBuilt)
        end.notes.push_back(Sentence::tr("Its tick is not known: it is taken for {0} Hz.", m_clock.hz));
    return take(std::move(end), {});
}

} // namespace halfopen::stream
