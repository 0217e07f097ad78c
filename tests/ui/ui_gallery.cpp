// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/frame_builder.h"
#include "tests/ui/gallery.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

/// Renders the window with made-up connections in every diagnosis, mark and provenance to PNG files, for looking at
/// what a laboratory cannot bring about at one moment.
///   ui_gallery DIRECTORY [LANGUAGE]
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

Row at(Row row, std::string_view local, std::uint16_t localPort, std::string_view remote, std::uint16_t remotePort) {
    row.connection.local = endpoint(local, localPort);
    row.connection.remote = endpoint(remote, remotePort);
    row.connection.sampled = MonotonicClock::now();
    return row;
}

Row as(Row row, State state, Diagnosis diagnosis) {
    row.connection.state = state;
    row.diagnosis = diagnosis;
    return row;
}

Row listener(std::uint64_t cookie) {
    Row row = as(unguarded(cookie), State::Listen, Diagnosis::Listening);
    row.forecast = Forecast{};
    row.connection.sendQueue = 128;
    return row;
}

Row assumed(std::uint64_t cookie) {
    Row row = guarded(cookie, between(4320s, 4440s), between(4995s, 5400s));
    row.options = {.idleSeconds = 7200,
                   .intervalSeconds = 75,
                   .probes = 9,
                   .enabled = Switch::On,
                   .enabledFrom = Provenance::Derived,
                   .idleFrom = Provenance::Inferred};
    row.forecast.allowed = 9;
    row.forecast.assumes = assume::KeepaliveInterval | assume::KeepaliveProbes | assume::IdleInferred;
    return row;
}

Row retransmitting(std::uint64_t cookie) {
    Row row = as(unguarded(cookie), State::Established, Diagnosis::Suspect);
    row.connection.timer = {.expires = Millis(3100), .raw = 1, .retransmits = 5};
    row.connection.sendQueue = 2896;
    row.connection.info.unacked = 2;
    row.options.enabled = Switch::Unknown;
    row.options.enabledFrom = Provenance::Hidden;
    row.forecast = Forecast{.next = exactly(3100ms),
                            .givesUp = exactly(912s),
                            .regime = Regime::Retransmission,
                            .cause = GiveUpCause::Retries,
                            .allowed = 15,
                            .unanswered = 5,
                            .nextEvent = NextEvent::Retransmission,
                            .hasAllowed = true};
    return row;
}

Row timeWait(std::uint64_t cookie) {
    Row row = as(unguarded(cookie), State::TimeWait, Diagnosis::Closing);
    row.connection.inode = 0;
    row.connection.info = {};
    row.connection.timer = {.expires = Millis(43'000), .raw = 3};
    row.forecast = Forecast{.next = exactly(43s),
                            .givesUp = exactly(43s),
                            .regime = Regime::TimeWait,
                            .cause = GiveUpCause::TimeWait,
                            .nextEvent = NextEvent::GiveUp};
    row.ownerUnknown = OwnerUnknown::NoDescriptor;
    return row;
}

Row opening(std::uint64_t cookie) {
    Row row = as(unguarded(cookie), State::SynSent, Diagnosis::Opening);
    row.connection.timer = {.expires = Millis(1700), .raw = 1, .retransmits = 3};
    row.forecast = Forecast{.next = exactly(1700ms),
                            .givesUp = exactly(125s),
                            .regime = Regime::Syn,
                            .cause = GiveUpCause::SynRetries,
                            .allowed = 10,
                            .unanswered = 3,
                            .nextEvent = NextEvent::Syn,
                            .hasAllowed = true};
    return row;
}

void fill(FrameBuilder& builder) {
    const auto add = [&](const Row& row, const char* name, int pid, int fd) {
        builder.add(row);
        if (name)
            builder.owner(row, {pid, fd, name});
    };
    add(at(suspect(1), "10.0.0.5", 51422, "203.0.113.9", 5432), "psql", 8123, 3);
    add(at(retransmitting(2), "10.0.0.5", 40114, "198.51.100.23", 443), "firefox", 2210, 88);
    auto stalled = as(unguarded(3), State::Established, Diagnosis::Stalled);
    stalled.connection.sendQueue = stalled.connection.info.notSentBytes = 65536;
    stalled.connection.timer = {.expires = Millis(11'400), .raw = 4, .retransmits = 0};
    stalled.forecast = Forecast{.next = exactly(11400ms),
                                .regime = Regime::WindowProbe,
                                .allowed = 15,
                                .nextEvent = NextEvent::WindowProbe,
                                .hasAllowed = true,
                                .never = true};
    add(at(stalled, "10.0.0.5", 8080, "10.0.0.77", 39112), "nginx", 911, 17);
    add(at(unguarded(4), "10.0.0.5", 40112, "198.51.100.7", 443), "firefox", 2210, 71);
    add(at(changed(unguarded(5), Change::New), "10.0.0.5", 40188, "198.51.100.7", 443), "firefox", 2210, 72);
    auto shared = at(unguarded(6), "2001:db8::5", 41002, "2001:db8:0:17::9", 6379);
    add(shared, "worker", 3001, 9);
    builder.owner(shared, {3002, 9, "worker"});
    add(at(guarded(7), "10.0.0.5", 22, "10.0.0.9", 50312), "sshd", 812, 4);
    add(at(assumed(8), "10.0.0.5", 22, "10.0.0.12", 50990), nullptr, 0, 0);
    add(at(changed(guarded(9, exactly(6s), exactly(66s)), Change::Changed), "10.0.0.5", 51440, "203.0.113.9", 5432),
        "psql", 8124, 3);
    auto active = as(unguarded(10), State::Established, Diagnosis::Active);
    active.connection.info.lastDataReceived = Millis(300);
    active.connection.info.lastAckReceived = Millis(300);
    add(at(active, "10.0.0.5", 40200, "151.101.1.140", 443), "firefox", 2210, 90);
    add(at(as(unguarded(11), State::CloseWait, Diagnosis::Abandoned), "10.0.0.5", 45120, "203.0.113.40", 8443), "java",
        1544, 210);
    add(at(opening(12), "10.0.0.5", 45999, "192.0.2.200", 25), "postfix", 1002, 12);
    add(at(timeWait(13), "10.0.0.5", 40150, "198.51.100.7", 443), nullptr, 0, 0);
    add(at(changed(unguarded(14), Change::Closed), "10.0.0.5", 40160, "198.51.100.7", 443), "curl", 9912, 5);
    for (std::uint16_t i = 0; i < 6; ++i)
        add(at(listener(20U + i), "0.0.0.0", static_cast<std::uint16_t>(8000 + i), "0.0.0.0", 0), "server", 700 + i, 5);
    builder.edit().rows[7].ownerUnknown = OwnerUnknown::OtherUser;
    builder.edit().notes = {"Owners of other users' sockets need root."};
    builder.edit().taken = MonotonicClock::now();
}

void render(const QString& file, Appearance appearance, std::uint64_t selected, int page) {
    MainWindow window([](const Query&) {});
    window.setAppearance(appearance);
    window.resize(1280, 800);
    window.show();
    FrameBuilder builder;
    fill(builder);
    window.showFrame(builder.build());
    window.select(selected);
    window.connections().details().setPage(page);
    takePicture(window, file);
}

} // namespace
} // namespace halfopen::test

int main(int argc, char** argv) {
    using namespace halfopen;
    return test::runGallery(argc, argv, [](const test::Gallery& gallery) {
        const auto file = [&](const char* name) -> QString {
            return gallery.directory + QLatin1Char('/') + QLatin1String(name);
        };
        test::render(file("ui-suspect-light.png"), Appearance::Light, 1, 0);
        test::render(file("ui-options-dark.png"), Appearance::Dark, 8, 1);
        test::render(file("ui-tcp-light.png"), Appearance::Light, 2, 2);
        test::render(file("ui-never-dark.png"), Appearance::Dark, 4, 0);
        test::render(file("ui-holders-light.png"), Appearance::Light, 6, 3);
    });
}
