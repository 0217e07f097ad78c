// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/room.h"

#include "core/forecast/forecast.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/model/forecast.h"
#include "core/model/row.h"
#include "tests/lab/dump.h"
#include "tests/lab/promises/set_by.h"
#include "tests/lab/wire/slip.h"
#include "tests/lab/wire/socket_options.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr auto kTimeLimit = 3s; // what an event may come too late before it counts as missing
constexpr auto kGlance = 250ms; // how often one looks for what should not vanish yet
constexpr auto kStare = 2ms;    // and while it should
constexpr auto kClose = 60ms;
constexpr auto kWoken = 5ms; // what an end may have come before it was noticed

double inMs(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}
double msSince(MonotonicTime from, MonotonicTime to) {
    return inMs(to - from);
}

std::string describe(const TimelineEvent& event) {
    auto text = std::string(toString(event.event));
    return event.ordinal > 0 ? fmt::format("{} {}", text, event.ordinal) : text;
}

/// The event at `index` of another forecast's schedule: the end is the end, however many events come before it.
const TimelineEvent* match(const std::vector<TimelineEvent>& events, const TimelineEvent& wanted, std::size_t index) {
    if (events.empty())
        return nullptr;
    if (wanted.event == NextEvent::GiveUp)
        return events.back().event == NextEvent::GiveUp ? &events.back() : nullptr;
    return index < events.size() && events[index].event == wanted.event ? &events[index] : nullptr;
}

} // namespace

Room::Room(Stage& stage, Report& report, const Lateness& lateness, const TickClock& clock)
    : m_stage(stage)
    , m_report(report)
    , m_lateness(lateness)
    , m_clock(clock)
    , m_lab(must(lab::Laboratory::open()))
    , m_source(must(NetlinkSource::open()))
    , m_capture(must(Capture::open())) {
    m_stage.attend(m_capture.descriptor(), [this] { m_capture.read(); });
    m_log = std::make_unique<promises::SampleLog>();
}

Flow Room::begin(Flow flow, const lab::SocketOptions& options) {
    auto& story = m_stories[flow.farPort];
    story.farPort = flow.farPort;
    story.wrong = promises::setBy(options);
    if (flow.near)
        watchEnd(flow);
    return flow;
}

void Room::did(const Flow& flow, std::uint32_t breaks, std::string what) {
    auto& deeds = m_stories[flow.farPort].deeds;
    deeds.push_back({MonotonicClock::now(), breaks, std::move(what), 1h}); // what was read is not read again at once
}

void Room::followed(const Flow& flow, const std::string& experiment, std::optional<promises::Ending> ending) {
    auto& story = m_stories[flow.farPort];
    if (story.title.empty())
        story.title = experiment;
    if (ending)
        story.ending = ending;
    story.until = std::max(story.until, MonotonicClock::now());
}

std::vector<promises::Story> Room::stories() {
    std::vector<promises::Story> stories;
    for (auto& [port, story] : m_stories) {
        if (story.title.empty())
            continue; // not followed
        const auto end = story.ending ? story.ending->low : story.until;
        for (const auto& [row, doubt] : m_log->toPort(port)) {
            if (row.connection.sampled > end)
                break;
            story.samples.push_back(row);
            story.doubts.push_back(doubt);
        }
        for (const auto& packet : m_capture.packets())
            if ((packet.outgoing ? packet.destinationPort : packet.sourcePort) == port && packet.at <= story.until)
                story.wire.push_back(packet);
        stories.push_back(std::move(story));
    }
    m_stories.clear();
    return stories;
}

void Room::set(const std::string& sysctl, int value) {
    const auto visit = must(m_lab.visitLocal());
    must(lab::Laboratory::setSysctl(sysctl, value));
}

Peer Room::peer(Family family, const lab::SocketOptions& options) {
    const auto* pattern = family == Family::Ipv4 ? "198.51.100.{}" : "2001:db8:51::{}";
    return peerAt(*IpAddress::parse(fmt::format(fmt::runtime(pattern), m_nextHost++)), options);
}

Peer Room::peerAt(const IpAddress& address, const lab::SocketOptions& options) {
    must(m_lab.addPeer(address));
    const auto visit = must(m_lab.visitPeer());
    const Endpoint at{address, m_nextPort++};
    return {at, must(lab::listenAt(at, options))};
}

Flow Room::connect(const Peer& peer, const lab::SocketOptions& options) {
    auto connected = must(m_lab.connect(peer.at, peer.listener.get(), options));
    return begin({peer.at.port, peer.at.address, std::move(connected.near), std::move(connected.far), {}}, options);
}

Flow Room::call(const lab::SocketOptions& options) {
    const auto visit = must(m_lab.visitLocal());
    const Endpoint nobody{*IpAddress::parse(fmt::format("203.0.113.{}", m_nextHost++)), m_nextPort++};
    return begin({nobody.port, nobody.address, must(lab::connectTo(nobody, options)), {}, {}}, options);
}

Flow Room::beCalled(std::uint16_t nearPort) {
    const Endpoint near{*IpAddress::parse("192.0.2.10"), nearPort};
    const Endpoint caller{*IpAddress::parse(fmt::format("203.0.113.{}", m_nextHost++)), m_nextPort++};
    Flow flow{caller.port, caller.address, {}, {}, {}};
    {
        const auto visit = must(m_lab.visitLocal());
        flow.near = must(lab::listenAt(near));
    }
    must(m_lab.addPeer(caller.address));
    must(m_lab.deafen(caller.address));
    const auto visit = must(m_lab.visitPeer());
    // Closed while it is SYN-SENT, so that the SYN is not repeated: a repeated one would be answered and move the
    // timer.
    flow.far = must(lab::connectTo(near, {}, caller));
    flow.far.reset();
    return begin(std::move(flow), {});
}

void Room::silence(const Flow& flow) {
    must(m_lab.silence(flow.farAddress));
}
void Room::deafen(const Flow& flow) {
    must(m_lab.deafen(flow.farAddress));
}
void Room::undeafen(const Flow& flow) {
    must(m_lab.undeafen(flow.farAddress));
}

void Room::reboot(Flow& flow) {
    silence(flow);
    lab::resetOnClose(flow.far.get());
    flow.far.reset();
    must(m_lab.addPeer(flow.farAddress));
}

std::optional<Connection> Room::find(std::uint16_t farPort) {
    for (const auto& connection : Dump::of(*m_source, m_clock))
        if (connection.remote.port == farPort)
            return connection;
    return std::nullopt;
}

std::optional<Connection> Room::findWithinTick(std::uint16_t farPort) {
    constexpr auto kLongest = 100ms; // a host may put a processor aside for so long; the other experiments wait
    const auto end = MonotonicClock::now() + kLongest;
    auto found = find(farPort);
    while (found && !found->tickCertain && MonotonicClock::now() < end)
        found = find(farPort);
    return found;
}

TcpSysctls Room::sysctls() const {
    const auto visit = must(m_lab.visitLocal());
    return readTcpSysctls();
}

bool Room::isThere(const Flow& flow) {
    return find(flow.farPort).has_value();
}

Look Room::look(Flow& flow) {
    const auto found = findWithinTick(flow.farPort);
    if (!found)
        throw TooLate("the connection is not in the dump");
    if (flow.near)
        flow.options = readOptions(flow.near.get());
    const auto settings = sysctls();
    Look look{*found, {}, {}, {}, {}};
    look.forecast = forecast(*found, flow.options, settings, m_clock);
    look.events = timeline(*found, flow.options, settings, m_clock, {}, 99);
    look.banded = timeline(*found, flow.options, settings, {m_clock.hz, std::nullopt}, {}, 99);
    const auto assumed = assumedOptions(*found, settings);
    if (sameValues(flow.options, assumed, settings))
        look.assumed = timeline(*found, assumed, settings, m_clock, {}, 99);
    return look;
}

Task<std::optional<Look>> Room::lookIfEver(Flow& flow, bool (*wanted)(const Connection&)) {
    const auto end = MonotonicClock::now() + 10s;
    bool wasThere = false;
    while (MonotonicClock::now() < end) {
        const auto found = find(flow.farPort);
        if (wasThere && !found)
            co_return std::nullopt;
        wasThere = found.has_value();
        if (found && wanted(*found)) {
            auto seen = look(flow);
            if (wanted(seen.connection))
                co_return seen;
        }
        co_await m_stage.sleep(10ms);
    }
    co_return std::nullopt;
}

Task<Look> Room::lookWhen(Flow& flow, bool (*wanted)(const Connection&)) {
    auto seen = co_await lookIfEver(flow, wanted);
    if (!seen)
        throw TooLate("the connection did not get where the experiment begins");
    co_return std::move(*seen);
}

Row Room::compare(const Look& look, std::size_t index, std::optional<MonotonicTime> actual) const {
    const auto& event = look.events[index];
    const auto* banded = match(look.banded, event, index);
    const auto* assumed = match(look.assumed, event, index);
    Row row;
    row.event = describe(event);
    row.predicted = event.at.expected.count();
    row.from = event.at.earliest.count();
    row.to = event.at.latest.count();
    row.earliest = banded ? banded->at.earliest.count() : event.at.expected.count();
    row.latest = banded ? banded->at.latest.count() : event.at.expected.count();
    if (actual)
        row.actual = msSince(look.connection.sampled, *actual);
    if (!look.assumed.empty())
        row.assumed = assumed ? assumed->at.expected.count() : -1;
    row.late = inMs(m_lateness.worst(look.connection.sampled, actual.value_or(MonotonicClock::now())));
    return row;
}

Task<void> Room::follow(Flow& flow, Look look, std::string experiment, End how, std::size_t most) {
    auto after = look.connection.sampled;
    Slip slip(look.events, m_clock);
    for (std::size_t i = 0; i < look.events.size(); ++i) {
        const bool last = look.events[i].event == NextEvent::GiveUp;
        if (last ? how == End::None : i >= most)
            continue;
        const auto expected = look.at(look.events[i].at);
        const auto until = expected + kTimeLimit +
                           std::chrono::milliseconds(static_cast<std::int64_t>(slip.upTo(i) + slip.oneMore(i)));
        std::optional<MonotonicTime> actual;
        std::optional<Ended> ended;
        if (last) {
            ended = flow.ended ? flow.ended : co_await end(flow, how, expected, until);
            flow.ended = ended;
            if (ended)
                actual = ended->high;
        } else {
            actual = co_await packet(flow.farPort, after, until);
        }
        auto row = compare(look, i, actual);
        if (ended)
            row.late = std::max(row.late, msSince(ended->low, ended->high) - inMs(kWoken));
        row.experiment = experiment;
        row.slip = std::max(slip.upTo(i), slip.ofLastArming(i, row.late));
        row.step = slip.oneMore(i);
        slip.note(i, row.error());
        m_report.add(row);
        if (ended)
            followed(flow, experiment, promises::Ending{ended->low, ended->high, 0, how == End::Vanishing});
        else
            followed(flow, experiment, {});
        if (!actual)
            co_return;
    }
    if (look.events.empty())
        m_report.add(Fact{experiment, "something was forecast", false});
}

Task<void> Room::followNever(Flow& flow, Look look, std::string experiment, std::chrono::seconds time) {
    co_await m_stage.sleep(time);
    const auto after = find(flow.farPort);
    followed(flow, experiment, {});
    m_report.add(Fact{experiment,
                      fmt::format("never forecast, and {} after {} s", toString(look.connection.state), time.count()),
                      look.forecast.never && look.events.empty() && after && after->state == look.connection.state});
}

Task<std::optional<MonotonicTime>> Room::packet(std::uint16_t farPort, MonotonicTime& after, MonotonicTime until) {
    const auto next = [&] { return m_capture.firstTo(farPort, after); };
    co_await m_stage.condition([&] { return next() != nullptr; }, until);
    const auto* found = next();
    if (!found)
        co_return std::nullopt;
    after = found->at;
    co_return found->at;
}

/// Stamped by a thread of its own, since other experiments may keep this one for long.
Task<std::optional<Ended>> Room::end(Flow& flow, End how, MonotonicTime expected, MonotonicTime until) {
    if (how == End::Vanishing)
        co_return co_await vanishing(flow, expected, until);
    watchEnd(flow);
    if (!flow.end->over() && !co_await m_stage.descriptor(flow.near.get(), 0, until))
        co_return std::nullopt;
    const auto at = flow.end->over() ? flow.end->at() : MonotonicClock::now();
    co_return Ended{at - kWoken, at};
}

void Room::watchEnd(Flow& flow) {
    if (!flow.end)
        flow.end = &m_ends.watch(flow.near.get());
}

Task<std::optional<Ended>> Room::vanishing(Flow& flow, MonotonicTime expected, MonotonicTime until) {
    auto seen = MonotonicClock::now();
    for (auto now = seen; now < until; now = MonotonicClock::now()) {
        if (!isThere(flow))
            co_return Ended{std::min<MonotonicTime>(seen, now - kWoken), now};
        seen = now;
        const bool near = now > expected - kClose;
        co_await m_stage.until(near ? now + kStare : std::min<MonotonicTime>(now + kGlance, expected - kClose));
    }
    co_return std::nullopt;
}

} // namespace halfopen::test
