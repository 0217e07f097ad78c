// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/scenario.h"

#include "core/lab/trouble.h"

#include <algorithm>

namespace halfopen::lab {

namespace {

using namespace std::chrono_literals;

const std::vector<Step> kIdle{Step::AwaitGreeting, Step::Hold};
const std::vector<Step> kChatty{Step::AwaitGreeting, Step::Chat};
const std::vector<Step> kDying{Step::AwaitGreeting, Step::Settle, Step::Silence, Step::Hold};
const std::vector<Step> kDyingInFlight{Step::AwaitGreeting, Step::Settle, Step::Silence,
                                       Step::Settle,        Step::Write,  Step::Hold};
const std::vector<Step> kStalled{Step::AwaitGreeting, Step::Fill, Step::Hold};
const std::vector<Step> kHalfClosed{Step::AwaitGreeting, Step::ShutDown, Step::Hold};
const std::vector<Step> kClosingAlone{Step::AwaitGreeting, Step::Settle,   Step::Silence,
                                      Step::Settle,        Step::ShutDown, Step::Hold};
const std::vector<Step> kUnread{Step::Hold};
const std::vector<Step> kRequest{Step::AwaitGreeting, Step::Close};

Endpoint at(const char* address, std::uint16_t port) {
    return {*IpAddress::parse(address), port};
}

SocketOptions plain() {
    return {};
}

/// Keepalive on, its numbers left to the settings of the laboratory, so that changing those can be watched.
SocketOptions keepaliveBySettings() {
    SocketOptions options;
    options.keepalive = true;
    return options;
}

SocketOptions smallSendBuffer() {
    SocketOptions options;
    options.sendBuffer = 16 * 1024;
    return options;
}

std::vector<Service> services() {
    return {
        {at("203.0.113.9", 5432), Behaviour::Answer},  {at("203.0.113.10", 5432), Behaviour::Answer},
        {at("203.0.113.20", 3306), Behaviour::Answer}, {at("203.0.113.21", 3306), Behaviour::Answer},
        {at("203.0.113.30", 873), Behaviour::Deaf},    {at("203.0.113.31", 873), Behaviour::Answer},
        {at("198.51.100.7", 443), Behaviour::Answer},  {at("198.51.100.8", 443), Behaviour::Answer},
        {at("198.51.100.9", 443), Behaviour::HangUp},  {at("198.51.100.10", 443), Behaviour::HangUp},
        {at("198.51.100.11", 80), Behaviour::Linger},  {at("198.51.100.12", 443), Behaviour::Answer},
        {at("198.51.100.13", 443), Behaviour::Answer}, {at("198.51.100.20", 6379), Behaviour::Answer},
        {at("198.51.100.21", 21), Behaviour::Answer},  {at("192.0.2.40", 502), Behaviour::Answer},
        {{droppedPeer(), 443}, Behaviour::Answer},
    };
}

Program psql() {
    return {"psql",
            {{at("203.0.113.9", 5432), keepalive(60s, 10s, 6), kIdle, 5s},
             {at("203.0.113.10", 5432), keepalive(5s, 10s, 6), kDying, 5s}},
            {}};
}

Program mysql() {
    return {"mysql",
            {{at("203.0.113.20", 3306), plain(), kIdle, 5s}, {at("203.0.113.21", 3306), plain(), kDyingInFlight, 10s}},
            {}};
}

Program backup() {
    return {"backup",
            {{at("203.0.113.30", 873), smallSendBuffer(), kStalled, 5s},
             {at("203.0.113.31", 873), plain(), kClosingAlone, 10s}},
            {}};
}

Program browser() {
    return {"firefox",
            {{at("198.51.100.7", 443), plain(), kChatty, 5s},
             {at("198.51.100.8", 443), plain(), kIdle, 5s},
             {at("198.51.100.8", 443), keepaliveBySettings(), kIdle, 5s},
             {at("198.51.100.9", 443), plain(), kIdle, 5s},
             {at("198.51.100.11", 80), plain(), kHalfClosed, 5s},
             {at("198.51.100.99", 443), plain(), kIdle, 3s}}, // nobody is there
            {}};
}

Program curl() {
    // Three in the minute that TIME-WAIT lasts; and a server that hung up and died before curl closed: LAST-ACK.
    return {"curl",
            {{at("198.51.100.12", 443), plain(), kRequest, 20s},
             {at("198.51.100.10", 443), keepaliveBySettings(), kClosingAlone, 10s}},
            {}};
}

Program sshd() {
    return {"sshd", {}, {{at("0.0.0.0", 22), keepaliveBySettings()}}};
}

/// A device of the same network that has gone, and a server to which this machine's own queue lets nothing through.
Program modbus() {
    return {"modbus",
            {{at("192.0.2.40", 502), plain(), kDyingInFlight, 10s},
             {{droppedPeer(), 443}, keepalive(2s, 2s, 5), kIdle, 60s}},
            {}};
}

Program worker() {
    return {"worker", {{at("198.51.100.20", 6379), plain(), kUnread, 5s}}, {{at("0.0.0.0", 8080), plain(), 1, false}}};
}

Program stopped() {
    return {"ftp", {{at("198.51.100.21", 21), plain(), kUnread, 5s}}, {}, true};
}

void addIpv6(Scenario& scenario) {
    scenario.services.push_back({at("2001:db8:51::17", 443), Behaviour::Answer});
    scenario.services.push_back({at("2001:db8:51::18", 5432), Behaviour::Answer});
    scenario.callers.push_back({*IpAddress::parse("2001:db8:51::50"), at("2001:db8:2::10", 22)});
    scenario.programs.push_back({"nginx",
                                 {{at("2001:db8:51::17", 443), keepaliveBySettings(), kIdle, 5s},
                                  {at("2001:db8:51::18", 5432), plain(), kIdle, 5s}},
                                 {{at("::", 80), plain()}, {at("::", 443), plain()}}});
    for (auto& program : scenario.programs)
        if (program.name == "sshd")
            program.listeners.push_back({at("::", 22), keepaliveBySettings()});
}

} // namespace

Scenario everyDiagnosis(bool ipv6) {
    Scenario scenario;
    scenario.services = services();
    scenario.callers = {{*IpAddress::parse("198.51.100.50"), at("192.0.2.10", 22)},
                        {*IpAddress::parse("203.0.113.77"), at("192.0.2.10", 22)},
                        {*IpAddress::parse("198.51.100.60"), at("192.0.2.10", 8080)},
                        {*IpAddress::parse("198.51.100.61"), at("192.0.2.10", 8080)}};
    scenario.programs = {psql(), mysql(), backup(), browser(), curl(), sshd(), modbus(), worker(), stopped()};
    if (ipv6)
        addIpv6(scenario);
    return scenario;
}

} // namespace halfopen::lab
