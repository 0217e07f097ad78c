// SPDX-License-Identifier: GPL-3.0-or-later
// Forecasts of connections in other network namespaces than one's own, against the wire there: as root looks into one,
// as its owner, and as anybody sees it from outside.
#include "core/kernel/diag/netlink_source.h"
#include "core/lab/laboratory.h"
#include "core/monitor/monitor.h"
#include "tests/lab/in_child.h"
#include "tests/lab/wire/capture.h"
#include "tests/lab/wire/lateness.h"
#include "tests/lab/wire/must.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr uid_t kOwner = 1500; // of a namespace; no account of the machine has to be theirs
constexpr uid_t kAnybody = 1600;
constexpr auto kLength = 12s;  // three probes and the end
constexpr Millis kFar(60'000); // told between SO_KEEPALIVE and TCP_KEEPIDLE: two hours

/// The first of four ports that no other test beside this one has: laboratories are alike, and all are seen from here.
std::uint16_t firstPort() {
    return static_cast<std::uint16_t>(20'000 + ::getpid() % 10'000 * 4);
}

/// Runs a body in a process of its own, as a user, while this one goes on.
class Beside {
public:
    Beside(const std::function<std::string()>& body, std::optional<uid_t> uid) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe(ends), 0);
        m_said.reset(ends[0]);
        m_pid = ::fork();
        if (m_pid == 0) {
            const std::string said = inChild(body, uid);
            ::_exit(::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size()) ? 0 : 1);
        }
        ::close(ends[1]);
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    ~Beside() { wait(); }

    /// What it said, once it has ended.
    std::string result() {
        std::string text;
        std::array<char, 4096> buffer;
        for (ssize_t size = 0; (size = ::read(m_said.get(), buffer.data(), buffer.size())) > 0;)
            text.append(buffer.data(), static_cast<std::size_t>(size));
        wait();
        return text;
    }

private:
    void wait() {
        if (std::exchange(m_pid, 0) > 0)
            ::waitpid(m_pid, nullptr, 0);
    }

    UniqueFd m_said;
    pid_t m_pid = 0;
};

/// As a window samples it: what each sample says of what the kernel does next to the connections of the laboratories.
std::string observe(const std::string& who, std::uint16_t first, MonotonicTime until) {
    auto source = NetlinkSource::open();
    if (!source)
        return inEnglish(source.error());
    Monitor monitor(std::move(*source), {.owners = false, .others = Monitor::Others::AtOnce});
    std::map<std::uint16_t, MonotonicTime> last;
    std::string said;
    while (MonotonicClock::now() < until) {
        const FramePtr frame = monitor.sample({.interval = 200ms, .netns = kEveryNetns});
        for (const halfopen::Row& row : frame->rows) {
            const Forecast& told = row.forecast;
            const bool isOurs = row.connection.local.address == *IpAddress::parse("192.0.2.10") &&
                                row.connection.remote.port >= first && row.connection.remote.port < first + 4;
            if (!isOurs || row.change == Change::Closed || row.missed || told.nextEvent == NextEvent::None ||
                told.next.earliest > kFar ||
                std::exchange(last[row.connection.remote.port], row.connection.sampled) == row.connection.sampled)
                continue;
            said += fmt::format("told {}/{} {} {} {} {} {}\n", who, toString(frame->netnsOf(row).tier),
                                row.connection.remote.port, row.connection.sampled.time_since_epoch().count(),
                                told.next.earliest.count(), told.next.latest.count(), told.exactPhase ? 1 : 0);
        }
        monitor.lookUp(5ms);
        ::poll(nullptr, 0, 100); // the pace of samples; nothing is waited for
    }
    return said;
}

/// Two connections whose peers are gone, one of them with data on its way, and all that leaves for them.
std::string live(const std::string& who, std::uint16_t port, MonotonicTime until) {
    auto lab = must(lab::Laboratory::open());
    auto capture = must(Capture::open());
    std::vector<lab::Connected> connections;
    for (const std::uint16_t offset : {0, 1}) {
        const Endpoint at{*IpAddress::parse(fmt::format("198.51.100.{}", offset + 1)),
                          static_cast<std::uint16_t>(port + offset)};
        must(lab.addPeer(at.address));
        const auto listener = [&] {
            const auto visit = must(lab.visitPeer());
            return must(lab::listenAt(at));
        }();
        connections.push_back(must(lab.connect(at, listener.get(), lab::keepalive(3s, 2s, 3))));
        must(lab.silence(at.address));
    }
    if (::write(connections[1].near.get(), "x", 1) != 1)
        return "nothing was written";
    Beside own([&] { return observe(who, port, until); }, std::nullopt);
    while (MonotonicClock::now() < until) {
        pollfd wait{capture.descriptor(), POLLIN, 0};
        ::poll(&wait, 1, 100);
        capture.read();
    }
    std::string said = own.result();
    for (const Packet& packet : capture.packets())
        if (packet.outgoing && !packet.icmp)
            said += fmt::format("left {} {}\n", packet.destinationPort, packet.at.time_since_epoch().count());
    return said;
}

/// What a sample said of the next event.
struct Told {
    std::uint16_t port = 0;
    MonotonicTime sampled{};
    std::int64_t earliest = 0;
    std::int64_t latest = 0;
    bool exact = false;
};

struct Heard {
    std::map<std::string, std::vector<Told>> told; ///< by who and how: "root/asked"
    std::map<std::uint16_t, std::vector<MonotonicTime>> left;

    void add(const std::string& said) {
        std::istringstream lines(said);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string kind;
            std::string who;
            Told one;
            std::int64_t at = 0;
            words >> kind;
            if (kind == "told")
                words >> who;
            words >> one.port >> at;
            one.sampled = MonotonicTime(std::chrono::nanoseconds(at));
            if (kind == "told" && words >> one.earliest >> one.latest >> one.exact)
                told[who].push_back(one);
            else if (kind == "left" && words)
                left[one.port].push_back(one.sampled);
            else
                ADD_FAILURE() << line;
        }
    }
};

double msBetween(MonotonicTime from, MonotonicTime to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

/// How many were judged, how wide their bands were, and how many of them went by the tick.
struct Judged {
    int count = 0;
    int exact = 0;
    std::vector<std::int64_t> widths;
    std::vector<std::int64_t> byTheTick; ///< those of them that went by it

    /// In the middle, of those by the tick where there are any.
    std::int64_t width() const {
        auto all = byTheTick.empty() ? widths : byTheTick;
        std::ranges::sort(all);
        return all.empty() ? -1 : all[all.size() / 2];
    }
};

/// What left next, against what was told; nothing where that was sampled in the very moment.
void judge(const std::string& who, const Told& told, const std::vector<MonotonicTime>& left, const Lateness& lateness,
           Judged& all) {
    constexpr double kJiffies = 8; // ms: what the kernel counts in, at its coarsest (HZ 250), begun and ended
    constexpr auto kMoment = 25ms;
    const bool inTheMoment = std::ranges::any_of(
        left, [&](MonotonicTime at) { return at > told.sampled - kMoment && at < told.sampled + kMoment; });
    const auto next = std::ranges::upper_bound(left, told.sampled);
    if (inTheMoment || next == left.end())
        return;
    const double came = msBetween(told.sampled, *next);
    const double late = std::chrono::duration<double, std::milli>(lateness.worst(told.sampled, *next)).count();
    EXPECT_GE(came, static_cast<double>(told.earliest) - kJiffies) << who << " " << told.port << ", late " << late;
    EXPECT_LE(came, static_cast<double>(told.latest) + kJiffies + late) << who << " " << told.port;
    ++all.count;
    all.exact += told.exact;
    all.widths.push_back(told.latest - told.earliest);
    if (told.exact)
        all.byTheTick.push_back(told.latest - told.earliest);
}

Judged judgeAll(const std::string& who, const Heard& heard, const Lateness& lateness) {
    Judged all;
    const auto told = heard.told.find(who);
    if (told != heard.told.end())
        for (const Told& one : told->second)
            if (const auto left = heard.left.find(one.port); left != heard.left.end())
                judge(who, one, left->second, lateness, all);
    fmt::print("{}: {} judged, {} by the tick, bands of {} ms\n", who, all.count, all.exact, all.width());
    return all;
}

TEST(WireElsewhere, theKernelDoesThereWhatWasForecastHere) {
    if (const auto why = whyNotRoot())
        SKIP_UNLESS_CI(*why);
    const MonotonicTime until = MonotonicClock::now() + kLength;
    const std::uint16_t first = firstPort();
    const auto second = static_cast<std::uint16_t>(first + 2);
    Beside roots([&] { return live("root", first, until); }, 0);
    Beside owners([&] { return live("owner", second, until); }, kOwner);
    Beside root([&] { return observe("root", first, until); }, 0);
    Beside owner([&] { return observe("owner", first, until); }, kOwner);
    Beside anybody([&] { return observe("anybody", first, until); }, kAnybody);
    const Lateness lateness; // its threads come after the last fork
    Heard heard;
    for (Beside* one : {&roots, &owners, &root, &owner, &anybody})
        heard.add(one->result());

    // Of two connections, ten samples a second on a quiet machine; on a busy one namespaces are looked at less often.
    constexpr int kLeast = 5;
    constexpr int kEnoughToCompare = 30;
    const std::pair<const char*, const char*> asExact[] = {{"root/own", "root/asked"}, {"owner/own", "owner/mine"}};
    for (const auto& [here, there] : asExact) {
        const Judged own = judgeAll(here, heard, lateness);
        const Judged elsewhere = judgeAll(there, heard, lateness);
        EXPECT_GE(own.count, kLeast) << here;
        EXPECT_GE(elsewhere.count, kLeast) << there;
        if (std::min(own.count, elsewhere.count) < kEnoughToCompare)
            continue;
        // Of samples that meet a tick fewer are taken again where a namespace is looked at in turn.
        EXPECT_LE(elsewhere.width(), own.width() * 3 / 2 + 8) << "as exact as in one's own";
        EXPECT_GE(elsewhere.exact * own.count * 2, own.exact * elsewhere.count) << there;
    }
    EXPECT_GE(judgeAll("anybody/public", heard, lateness).count, kLeast);
    EXPECT_GE(judgeAll("owner/public", heard, lateness).count, kLeast) << "root's";
}

} // namespace
} // namespace halfopen::test
