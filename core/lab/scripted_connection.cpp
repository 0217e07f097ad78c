// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/scripted_connection.h"

#include "core/model/state.h"

#include <poll.h>

#include <sys/socket.h>

#include <algorithm>
#include <string_view>

namespace halfopen::lab {

namespace {

using namespace std::chrono_literals;

constexpr auto kGlance = 1s;          // how often a held connection is looked at
constexpr auto kSettle = 300ms;       // longer than the longest delayed acknowledgement, 200 ms
constexpr auto kAnswerWithin = 200ms; // a peer that answers at all does so within this
constexpr std::string_view kText = "The quick brown fox jumps over the lazy dog.\n";

bool put(int socket) {
    return ::send(socket, kText.data(), kText.size(), MSG_NOSIGNAL) > 0;
}

/// Reads what has come; false at the end of the stream or where nothing has.
bool drain(int socket) {
    char buffer[4096];
    return ::recv(socket, buffer, sizeof buffer, 0) > 0;
}

} // namespace

bool ScriptedConnection::killsPeer() const {
    return std::find(steps.begin(), steps.end(), Step::Silence) != steps.end();
}

void send(int orders, const PeerOrder& order) {
    ::send(orders, &order, sizeof order, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ScriptPlayer::ScriptPlayer(ScriptedConnection script, int orders)
    : m_script(std::move(script))
    , m_orders(orders) {}

void ScriptPlayer::advance(MonotonicTime now) {
    if (!m_socket)
        open(now);
    else if (!m_connected)
        awaitConnection(now);
    if (m_socket && m_connected)
        play(now);
}

void ScriptPlayer::open(MonotonicTime now) {
    if (now < m_due)
        return;
    if (m_script.killsPeer())
        send(m_orders, {PeerOrder::Verb::Revive, m_script.remote.address});
    m_next = 0;
    m_connected = false;
    m_settleEnd = {};
    m_nextWord = {};
    if (auto socket = connectTo(m_script.remote, m_script.options))
        m_socket = std::move(*socket);
    else
        return static_cast<void>(done(now));
    waitUntil(now + kAnswerWithin, POLLOUT);
}

void ScriptPlayer::awaitConnection(MonotonicTime now) {
    const int state = stateOf(m_socket.get());
    if (state == static_cast<int>(State::Close))
        return static_cast<void>(done(now));
    m_connected = state != static_cast<int>(State::SynSent);
    if (m_connected || now < m_due)
        return;
    m_settled = true; // the peer does not answer
    waitUntil(now + kGlance);
}

void ScriptPlayer::play(MonotonicTime now) {
    while (m_socket && takeStep(m_script.steps[m_next], now))
        ++m_next;
}

/// True where the step is over and the next one may begin.
bool ScriptPlayer::takeStep(Step step, MonotonicTime now) {
    switch (step) {
    case Step::AwaitGreeting:
        return awaitGreeting(now);
    case Step::Settle:
        return settle(now);
    case Step::Silence:
        send(m_orders, {PeerOrder::Verb::Silence, m_script.remote.address});
        return true;
    case Step::Write:
        return put(m_socket.get()) || !ended() || done(now);
    case Step::Fill:
        return fill(now);
    case Step::ShutDown:
        return ::shutdown(m_socket.get(), SHUT_WR) == 0 || done(now);
    case Step::Chat:
        return chat(now);
    case Step::Hold:
        return hold(now);
    case Step::Close:
        return done(now);
    }
    return done(now);
}

bool ScriptPlayer::awaitGreeting(MonotonicTime now) {
    if (drain(m_socket.get()))
        return true;
    if (ended())
        return done(now);
    waitUntil(now + kGlance, POLLIN);
    return false;
}

bool ScriptPlayer::settle(MonotonicTime now) {
    if (m_settleEnd == MonotonicTime{})
        m_settleEnd = now + kSettle;
    if (now < m_settleEnd) {
        waitUntil(m_settleEnd);
        return false;
    }
    m_settleEnd = {};
    return true;
}

bool ScriptPlayer::fill(MonotonicTime now) {
    while (put(m_socket.get())) {
    }
    return !ended() || done(now);
}

bool ScriptPlayer::chat(MonotonicTime now) {
    m_settled = true;
    while (drain(m_socket.get())) {
    }
    if (ended())
        return done(now);
    if (now >= m_nextWord) {
        put(m_socket.get());
        m_nextWord = now + 1s;
    }
    waitUntil(m_nextWord, POLLIN);
    return false;
}

bool ScriptPlayer::hold(MonotonicTime now) {
    m_settled = true;
    if (ended())
        return done(now);
    waitUntil(now + kGlance);
    return false;
}

/// The connection is over; the next one begins later. False, as no step follows.
bool ScriptPlayer::done(MonotonicTime now) {
    m_socket.reset();
    m_settled = true;
    waitUntil(now + m_script.again);
    return false;
}

void ScriptPlayer::waitUntil(MonotonicTime due, short events) {
    m_due = due;
    m_wantedEvents = events;
}

bool ScriptPlayer::ended() const {
    return stateOf(m_socket.get()) == static_cast<int>(State::Close);
}

} // namespace halfopen::lab
