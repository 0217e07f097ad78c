// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/scene.h"

#include "tests/lab/dump.h"
#include "tests/lab/promises/set_by.h"
#include "tests/lab/promises/shell.h"
#include "tests/lab/wire/must.h"

#include <fmt/format.h>

#include <sys/socket.h>

#include <algorithm>

namespace halfopen::promises {

using namespace std::chrono_literals;
using test::must;
using test::Task;

namespace {

constexpr auto kGlance = 100ms; // how often one looks for what should not vanish yet
constexpr auto kStare = 8ms;    // and while it should
constexpr auto kClose = 80ms;

} // namespace

Scene::Scene(Theatre& theatre, std::uint64_t seed)
    : m_theatre(theatre)
    , m_draw(seed)
    , m_lab(must(lab::Laboratory::open()))
    , m_source(must(NetlinkSource::open()))
    , m_capture(must(test::Capture::open())) {
    stage().attend(m_capture.descriptor(), [this] { m_capture.read(); });
    m_log = std::make_unique<SampleLog>();
}

Scene::~Scene() {
    m_log.reset();
    stage().dismiss(m_capture.descriptor());
}

bool Scene::set(const std::string& name, int value) {
    const auto visit = must(m_lab.visitLocal());
    const auto done = lab::Laboratory::setSysctl(name, value);
    if (!done && done.error().code != ErrorCode::NotSupported)
        must(done);
    return done.has_value();
}

void Scene::setNeighbours(const std::string& name, int value) {
    for (const int version : {4, 6})
        near(fmt::format("echo {} > /proc/sys/net/ipv{}/neigh/eth0/{}", value, version, name));
}

void Scene::near(const std::string& command) {
    const auto visit = must(m_lab.visitLocal());
    run(command);
}

void Scene::far(const std::string& command) {
    const auto visit = must(m_lab.visitPeer());
    run(command);
}

Endpoint Scene::somewhere(Place place) {
    const int host = m_nextHost++;
    const auto at = [&](const std::string& pattern) {
        return Endpoint{*IpAddress::parse(fmt::format(fmt::runtime(pattern), host)), m_nextPort++};
    };
    switch (place) {
    case Place::Routed6:
        return at("2001:db8:51::{:x}");
    case Place::OnLink4:
        return at(fmt::format("192.0.2.{}", 100 + host));
    case Place::OnLink6:
        return at(fmt::format("2001:db8:2::{:x}", 0x100 + host));
    case Place::Behind4:
        return at("203.0.113.{}");
    case Place::Routed4:
        break;
    }
    return at("198.51.100.{}");
}

Peer Scene::peer(Place place, const lab::SocketOptions& options) {
    Peer peer{somewhere(place), {}, {}};
    must(m_lab.addPeer(peer.at.address));
    if (place == Place::Behind4) {
        peer.nextHop = somewhere(Place::OnLink4).address;
        must(m_lab.addPeer(peer.nextHop));
        near(fmt::format("ip route add {} via {}", peer.at.address.toString(), peer.nextHop.toString()));
    } else if (place == Place::OnLink4 || place == Place::OnLink6) {
        peer.nextHop = peer.at.address;
    }
    const auto visit = must(m_lab.visitPeer());
    peer.listener = must(lab::listenAt(peer.at, options));
    return peer;
}

Flow& Scene::add(const Endpoint& remote, UniqueFd near, UniqueFd far, std::string title) {
    auto& flow = m_flows.emplace_back(Flow{remote, {}, std::move(near), std::move(far), 0, nullptr, {}});
    if (flow.near) {
        flow.cookie = lab::cookieOf(flow.near.get());
        flow.watched = &m_theatre.ends.watch(flow.near.get());
    }
    flow.story.title = std::move(title);
    flow.story.farPort = remote.port;
    return flow;
}

Flow& Scene::connect(const Peer& peer, const lab::SocketOptions& options, std::string title) {
    auto connected = must(m_lab.connect(peer.at, peer.listener.get(), options));
    auto& flow = add(peer.at, std::move(connected.near), std::move(connected.far), std::move(title));
    flow.nextHop = peer.nextHop;
    flow.story.wrong = setBy(options);
    return flow;
}

Flow& Scene::call(const Endpoint& remote, const lab::SocketOptions& options, std::string title) {
    const auto visit = must(m_lab.visitLocal());
    auto& flow = add(remote, must(lab::connectTo(remote, options)), {}, std::move(title));
    flow.story.wrong = setBy(options);
    return flow;
}

Flow& Scene::expect(const Endpoint& remote, std::string title) {
    return add(remote, {}, {}, std::move(title));
}

void Scene::silence(const Flow& flow) {
    must(m_lab.silence(flow.remote.address));
}

void Scene::switchOff(const IpAddress& nextHop) {
    must(m_lab.silence(nextHop));
}

void Scene::loseNeighbour(const IpAddress& nextHop) {
    static_cast<void>(m_lab.silence(nextHop)); // it may be gone already
    near(fmt::format("ip neigh del {} dev eth0", nextHop.toString()));
    for (auto& flow : m_flows)
        if (flow.nextHop == nextHop)
            did(flow, assume::NeighbourAnswers, "the neighbour is gone and forgotten");
}

void Scene::didToAll(std::uint32_t breaks, const std::string& what) {
    for (auto& flow : m_flows)
        did(flow, breaks, what);
}

void Scene::did(Flow& flow, std::uint32_t breaks, std::string what) {
    flow.story.deeds.push_back({MonotonicClock::now(), breaks, std::move(what), {}});
}

void Scene::change(Flow& flow, const lab::SocketOptions& options) {
    did(flow, assume::ProgramIdle, "changed its options");
    flow.story.deeds.back().grace = 1h; // values that were read are not read again until the timer contradicts them
    flow.story.wrong |= setBy(options);
    static_cast<void>(lab::apply(flow.near.get(), options)); // as many as the kernel takes
}

void Scene::write(Flow& flow, std::size_t bytes) {
    did(flow, assume::ProgramIdle, fmt::format("wrote {} bytes", bytes));
    const std::string text(bytes, 'x');
    ::send(flow.near.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

const Row* Scene::latest(const Flow& flow) {
    const auto found = m_log->newest({flow.cookie, flow.remote});
    if (!found)
        return nullptr;
    m_newest = *found;
    return &m_newest;
}

bool Scene::isThere(const Flow& flow) {
    for (const auto& connection : test::Dump::of(*m_source))
        if (connection.state != State::Listen &&
            (flow.cookie != 0 ? connection.cookie == flow.cookie : connection.remote == flow.remote))
            return true;
    return false;
}

/// A dump may miss a socket while others come and go, so two have to.
Task<void> Scene::untilVanished(Flow& flow, MonotonicTime until) {
    auto last = MonotonicClock::now();
    std::optional<MonotonicTime> missing;
    while (MonotonicClock::now() < until) {
        const auto before = MonotonicClock::now();
        if (isThere(flow)) {
            last = before;
            missing.reset();
        } else if (missing) {
            flow.story.ending = Ending{last, *missing, 0, true};
            last = MonotonicClock::now();
            break;
        } else {
            missing = MonotonicClock::now();
        }
        const auto row = m_log->newest({flow.cookie, flow.remote});
        const auto end = row ? row->connection.sampled + row->forecast.givesUp.expected : before;
        const bool near = missing || (before > end - kClose && before < end + kClose);
        co_await stage().until(near ? before + kStare : before + kGlance);
    }
    flow.story.until = last; // it may have gone since, and nobody has seen it
}

Task<void> Scene::untilTold(Flow& flow, MonotonicTime until) {
    auto& watched = *flow.watched;
    while (!watched.over() && MonotonicClock::now() < until)
        co_await stage().sleep(20ms);
    m_theatre.ends.forget(watched);
    flow.story.until = MonotonicClock::now();
    if (!watched.over())
        co_return;
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(flow.near.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    flow.story.ending = Ending{watched.at() - 1ms, watched.at(), error, false};
}

Task<void> Scene::follow(Flow& flow, Seen how, std::chrono::milliseconds limit) {
    const auto until = MonotonicClock::now() + limit;
    if (how == Seen::ByAbsence)
        co_await untilVanished(flow, until);
    else
        co_await untilTold(flow, until);
    co_await stage().sleep(20ms); // what passed on the wire just before is read
    close(flow);
}

void Scene::close(Flow& flow) {
    auto& story = flow.story;
    m_capture.read();
    const auto rows = m_log->all({flow.cookie, flow.remote});
    if (!rows.empty())
        flow.cookie = rows.front().row.connection.cookie;
    const auto end = story.ending ? story.ending->low : story.until;
    for (const auto& [row, doubt] : rows) {
        if (row.connection.sampled > end)
            break;
        story.samples.push_back(row);
        story.doubts.push_back(doubt);
    }
    for (const auto& packet : m_capture.packets())
        if ((packet.outgoing ? packet.destinationPort : packet.sourcePort) == story.farPort)
            story.wire.push_back(packet);
}

Task<void> Scene::guarded(Task<void> task) {
    try {
        co_await task;
    } catch (const std::exception& error) {
        m_failures.emplace_back(error.what());
    }
    --m_playing;
}

void Scene::begin(Task<void> task) {
    ++m_playing;
    stage().start("a connection", guarded(std::move(task)));
}

Task<void> Scene::all() {
    while (m_playing > 0)
        co_await stage().sleep(50ms);
}

} // namespace halfopen::promises
