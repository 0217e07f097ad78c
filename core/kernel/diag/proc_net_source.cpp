// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/proc_net_source.h"

#include "core/kernel/diag/socket_count.h"
#include "core/kernel/diag/stand_in.h"
#include "core/kernel/unique_fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <functional>

namespace halfopen {

namespace {

constexpr std::size_t kFields = 10;                 // up to the inode
constexpr std::chrono::milliseconds kTimerUnit{10}; // jiffies_delta_to_clock_t(), USER_HZ

std::array<std::string_view, kFields> fieldsOf(std::string_view line) {
    std::array<std::string_view, kFields> fields;
    for (std::string_view& field : fields) {
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        field = line.substr(0, line.find(' '));
        line.remove_prefix(field.size());
    }
    return fields;
}

template <class Number>
bool number(std::string_view text, int base, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// "A:B", both hexadecimal.
bool pairOf(std::string_view text, std::uint32_t& first, std::uint32_t& second) {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && number(text.substr(0, colon), 16, first) &&
           number(text.substr(colon + 1), 16, second);
}

/// Words of 32 bits as this machine has them in memory, then the port (net/ipv4/tcp_ipv4.c, get_tcp4_sock()).
bool endpointOf(std::string_view text, bool inet6, Endpoint& endpoint) {
    constexpr std::size_t kWordDigits = 8;
    const std::size_t words = inet6 ? 4 : 1;
    if (text.size() <= words * kWordDigits || text[words * kWordDigits] != ':')
        return false;
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t word = 0; word < words; ++word) {
        std::uint32_t value = 0;
        if (!number(text.substr(word * kWordDigits, kWordDigits), 16, value))
            return false;
        std::memcpy(bytes.data() + word * sizeof value, &value, sizeof value);
    }
    endpoint.address = inet6 ? IpAddress{bytes} : IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]});
    return number(text.substr(words * kWordDigits + 1), 16, endpoint.port);
}

bool timerOf(std::string_view kind, std::string_view retransmits, std::string_view probes, Timer& timer) {
    std::uint32_t raw = 0;
    std::uint32_t ticks = 0;
    std::uint32_t times = 0;
    std::uint32_t unanswered = 0;
    if (!pairOf(kind, raw, ticks) || !number(retransmits, 16, times) || !number(probes, 10, unanswered))
        return false;
    timer.raw = static_cast<std::uint8_t>(raw);
    timer.expires = timer.kind() == TimerKind::None ? Millis(0) : saturate(ticks * kTimerUnit);
    const bool probing = timer.kind() == TimerKind::Keepalive || timer.kind() == TimerKind::WindowProbe;
    timer.retransmits = static_cast<std::uint8_t>(std::min(probing ? unanswered : times, 255U));
    return true;
}

std::string pathOf(std::int32_t pid, const char* file) {
    return fmt::format("/proc/{}/net/{}", pid, file);
}

NetnsId procInodeOf(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 ? status.st_ino : 0;
}

} // namespace

std::optional<Connection> parseProcNetTcp(std::string_view line, bool inet6, MonotonicTime sampled, NetnsId netns) {
    const auto& [slot, local, remote, state, queues, timer, retransmits, uid, probes, inode] = fieldsOf(line);
    Connection connection;
    std::uint32_t number32 = 0;
    if (!endpointOf(local, inet6, connection.local) || !endpointOf(remote, inet6, connection.remote) ||
        !number(state, 16, number32) || !pairOf(queues, connection.sendQueue, connection.receiveQueue) ||
        !timerOf(timer, retransmits, probes, connection.timer) || !number(uid, 10, connection.uid) ||
        !number(inode, 10, connection.inode))
        return std::nullopt;
    connection.state = static_cast<State>(number32);
    connection.sampled = sampled;
    connection.inet6 = inet6;
    connection.infoRequested = false;
    connection.tickCertain = false;
    connection.cookie = standInFor(connection, netns);
    return connection;
}

Result<std::unique_ptr<ProcNetSource>> ProcNetSource::open(std::vector<std::int32_t> pids, NetnsId procInode) {
    if (pids.empty())
        return failure(ErrorCode::NotFound, Sentence::tr("No process lives in this network namespace."));
    std::unique_ptr<ProcNetSource> source(new ProcNetSource(std::move(pids), procInode));
    const bool isThere = source->findInhabitant();
    source->m_number.reset(::open(pathOf(source->pid(), "stat").c_str(), O_PATH | O_CLOEXEC));
    if (!isThere || procInodeOf(source->m_number.get()) != procInode)
        return failure(ErrorCode::NotFound,
                       Sentence::tr("Process {0} is gone, or lives in another network namespace.", source->pid()));
    return source;
}

bool ProcNetSource::isInhabited() const {
    struct stat status {};
    return ::stat(pathOf(pid(), "stat").c_str(), &status) == 0 && status.st_ino == m_procInode;
}

bool ProcNetSource::findInhabitant() {
    while (!isInhabited() && m_pids.size() > 1)
        m_pids.pop_back();
    if (!isInhabited() && m_number)
        findNewcomers();
    return isInhabited();
}

/// Some 5 us for each process of the machine, and only once all that were known have gone.
void ProcNetSource::findNewcomers() {
    DIR* const processes = ::opendir("/proc");
    if (processes == nullptr)
        return;
    while (const dirent* entry = ::readdir(processes)) {
        std::int32_t pid = 0;
        struct stat status {};
        if (number(entry->d_name, 10, pid) && ::stat(pathOf(pid, "stat").c_str(), &status) == 0 &&
            status.st_ino == m_procInode)
            m_pids.push_back(pid);
    }
    ::closedir(processes);
}

Result<void> ProcNetSource::read(bool inet6, ConnectionSink& sink) {
    const std::string path = pathOf(pid(), inet6 ? "tcp6" : "tcp");
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT && inet6 && isInhabited())
        return {}; // a kernel without IPv6
    if (!file)
        return failure(errno == ENOENT || errno == ESRCH ? ErrorCode::NotFound : ErrorCode::NotPermitted,
                       Sentence::tr("{0} cannot be read: {1}.", path, Errno{errno}));
    std::array<char, 64 * 1024> piece;
    std::string text;
    while (true) {
        const MonotonicTime before = MonotonicClock::now();
        const ssize_t size = ::read(file.get(), piece.data(), piece.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return {};
        text.append(piece.data(), static_cast<std::size_t>(size));
        std::size_t begin = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
            if (const auto connection =
                    parseProcNetTcp(std::string_view(text).substr(begin, end - begin), inet6, before, m_procInode)) {
                sink.add(*connection);
                note(*connection);
            }
            begin = end + 1;
        }
        text.erase(0, begin);
    }
}

void ProcNetSource::note(const Connection& connection) {
    if (connection.state == State::Listen)
        m_listeners.push_back(connection);
    else
        m_onlyListeners = false;
}

bool ProcNetSource::isQuiet(MonotonicTime now) const {
    constexpr std::chrono::seconds kReadEvery{30};
    return m_onlyListeners && now - m_read < kReadEvery &&
           SocketCounter(pid()).count() == SocketCount{.inUse = m_listeners.size()};
}

Result<void> ProcNetSource::readTables(ConnectionSink& sink) {
    m_read = MonotonicClock::now();
    m_listeners.clear();
    m_onlyListeners = true;
    for (const bool inet6 : {false, true}) {
        if (auto ok = read(inet6, sink); !ok) {
            m_onlyListeners = false;
            return ok;
        }
    }
    return {};
}

Result<SampleSummary> ProcNetSource::sample(const SampleRequest&, ConnectionSink& sink) {
    SampleSummary summary;
    summary.start = MonotonicClock::now();
    findInhabitant();
    if (isQuiet(summary.start)) {
        for (const Connection& listener : m_listeners)
            sink.add(listener);
    } else if (auto ok = readTables(sink); !ok) {
        return tl::unexpected(ok.error());
    }
    if (!isInhabited()) // what was read may be of another namespace
        return failure(ErrorCode::NotFound, Sentence::tr("Process {0} has left the network namespace.", pid()));
    summary.tickCertain = false;
    summary.end = MonotonicClock::now();
    return summary;
}

} // namespace halfopen
