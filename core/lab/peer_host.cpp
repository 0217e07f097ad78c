// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/peer_host.h"

#include "core/lab/laboratory.h"
#include "core/model/state.h"

#include <poll.h>

#include <sys/socket.h>

#include <algorithm>
#include <string_view>

namespace halfopen::lab {

namespace {

using namespace std::chrono_literals;

constexpr int kTurnMs = 1000;
constexpr int kSmallWindow = 4096;
constexpr std::string_view kGreeting = "220 ready\r\n";

void say(int socket) {
    ::send(socket, kGreeting.data(), kGreeting.size(), MSG_NOSIGNAL);
}

bool over(int socket) {
    return stateOf(socket) == static_cast<int>(State::Close);
}

} // namespace

Result<void> PeerHost::serve(const Service& service) {
    if (auto added = addPeerAddress(m_links, service.at.address); !added)
        return added;
    SocketOptions options;
    if (service.behaviour == Behaviour::Deaf)
        options.receiveBuffer = kSmallWindow;
    auto socket = listenAt(service.at, options);
    if (!socket)
        return tl::unexpected(socket.error());
    m_listeners.push_back({service, std::move(*socket)});
    return {};
}

void PeerHost::turn() {
    std::vector<pollfd> polled{{m_orders, POLLIN, 0}};
    for (const auto& listener : m_listeners)
        polled.push_back({listener.socket.get(), POLLIN, 0});
    const auto firstGuest = polled.size();
    for (const auto& guest : m_guests)
        polled.push_back({guest.behaviour == Behaviour::Answer ? guest.socket.get() : -1, POLLIN, 0});
    ::poll(polled.data(), polled.size(), kTurnMs);

    for (std::size_t i = firstGuest; i < polled.size(); ++i)
        if (polled[i].revents != 0)
            attend(m_guests[i - firstGuest]);
    std::erase_if(m_guests, [](const Guest& guest) { return !guest.socket || over(guest.socket.get()); });
    for (std::size_t i = 0; i < m_listeners.size(); ++i)
        if (polled[i + 1].revents != 0)
            accept(m_listeners[i]);
    if (polled[0].revents != 0)
        obey();
    redial(MonotonicClock::now());
}

void PeerHost::obey() {
    PeerOrder order;
    while (::recv(m_orders, &order, sizeof order, MSG_DONTWAIT) == sizeof order) {
        switch (order.verb) {
        case PeerOrder::Verb::Silence:
            static_cast<void>(removePeerAddress(m_links, order.address));
            break;
        case PeerOrder::Verb::Revive:
            revive(order.address);
            break;
        case PeerOrder::Verb::Call:
            for (auto& call : m_callers)
                call.again = {};
            break;
        }
    }
}

void PeerHost::revive(const IpAddress& address) {
    // The old connections go first: nobody holds their other end any more, and with the address back they would speak
    // up.
    for (auto& guest : m_guests)
        if (guest.at.address == address)
            resetOnClose(guest.socket.get());
    std::erase_if(m_guests, [&](const Guest& guest) { return guest.at.address == address; });
    static_cast<void>(addPeerAddress(m_links, address));
}

void PeerHost::accept(const Listener& listener) {
    while (auto socket = acceptFrom(listener.socket.get())) {
        // A program orders a peer back before it connects: an order that is here now is older than this connection and
        // means the ones before it.
        obey();
        say(socket.get());
        if (listener.service.behaviour != Behaviour::HangUp)
            m_guests.push_back({listener.service.at, listener.service.behaviour, std::move(socket)});
    }
}

/// Reads what a guest says and answers; hangs up when the guest has.
void PeerHost::attend(Guest& guest) {
    char buffer[4096];
    const auto length = ::recv(guest.socket.get(), buffer, sizeof buffer, 0);
    if (length > 0)
        say(guest.socket.get());
    else if (length == 0 || over(guest.socket.get()))
        guest.socket.reset();
}

void PeerHost::redial(MonotonicTime now) {
    for (auto& call : m_callers) {
        if (call.socket && over(call.socket.get())) {
            call.socket.reset();
            call.again = now + 3s;
        }
        if (call.socket || now < call.again)
            continue;
        static_cast<void>(addPeerAddress(m_links, call.caller.from));
        call.again = now + 3s;
        if (auto socket = connectTo(call.caller.to, {}, {call.caller.from, 0}))
            call.socket = std::move(*socket);
    }
}

} // namespace halfopen::lab
