// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/fake_services.h"
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

Scripted between(Scripted row, std::string_view local, std::uint16_t localPort, std::string_view remote,
                 std::uint16_t remotePort) {
    row.connection.local = endpoint(local, localPort);
    row.connection.remote = endpoint(remote, remotePort);
    return row;
}

Scripted heldBy(Scripted row, const char* name, std::int32_t pid, std::int32_t fd) {
    row.owners = {{pid, fd, name}};
    return row;
}

/// Of another user's process: nobody could look.
Scripted theirs(std::uint64_t cookie) {
    Scripted row = follower(cookie, 4320s, false);
    row.owners.clear();
    row.ownerUnknown = OwnerUnknown::OtherUser;
    return row;
}

std::vector<Scripted> connections() {
    std::vector<Scripted> all;
    const auto add = [&](const Scripted& row, const char* name, int pid, int fd) {
        all.push_back(heldBy(row, name, pid, fd));
    };
    add(between(suspect(1), "10.0.0.5", 51422, "203.0.113.9", 5432), "psql", 8123, 3);
    add(between(retransmitting(unguarded(2), 5, 3100ms), "10.0.0.5", 40114, "198.51.100.23", 443), "firefox", 2210, 88);
    add(between(stalled(unguarded(3)), "10.0.0.5", 8080, "10.0.0.77", 39112), "nginx", 911, 17);
    add(between(unguarded(4), "10.0.0.5", 40112, "198.51.100.7", 443), "firefox", 2210, 71);
    add(between(unguarded(6), "2001:db8::5", 41002, "2001:db8:0:17::9", 6379), "worker", 3001, 9);
    all.back().owners.push_back({3002, 9, "worker"});
    add(between(guarded(7), "10.0.0.5", 22, "10.0.0.9", 50312), "sshd", 812, 4);
    all.push_back(between(theirs(8), "10.0.0.5", 22, "10.0.0.12", 50990));
    add(between(active(unguarded(10)), "10.0.0.5", 40200, "151.101.1.140", 443), "firefox", 2210, 90);
    add(between(abandoned(unguarded(11)), "10.0.0.5", 45120, "203.0.113.40", 8443), "java", 1544, 210);
    add(between(opening(12, 3, 1700ms), "10.0.0.5", 45999, "192.0.2.200", 25), "postfix", 1002, 12);
    all.push_back(between(timeWait(13, 43s), "10.0.0.5", 40150, "198.51.100.7", 443));
    add(between(droppedHere(unguarded(15)), "10.0.0.5", 40190, "203.0.113.9", 5432), "psql", 8125, 3);
    for (std::uint16_t i = 0; i < 6; ++i)
        add(listening(20U + i, "0.0.0.0", static_cast<std::uint16_t>(8000 + i)), "server", 700 + i, 5);
    return all;
}

/// Three samples, so that rows are new, changed and closed as well.
FramePtr lastOfThree() {
    FrameSeries series;
    const MonotonicTime now = MonotonicClock::now();
    const auto sample = [&](std::vector<Scripted> more, std::chrono::seconds ago) {
        FrameMaker maker(connections());
        for (Scripted& one : more)
            maker.add(std::move(one));
        maker.script.notes = {Sentence::tr("Owners of other users' sockets need root.")};
        return series.next(maker.at(now).after(-ago).script, {});
    };
    const auto changing = [](Scripted row) {
        return heldBy(between(std::move(row), "10.0.0.5", 51440, "203.0.113.9", 5432), "psql", 8124, 3);
    };
    const auto closing = heldBy(between(unguarded(14), "10.0.0.5", 40160, "198.51.100.7", 443), "curl", 9912, 5);
    const auto young = heldBy(between(unguarded(5), "10.0.0.5", 40188, "198.51.100.7", 443), "firefox", 2210, 72);
    sample({changing(guarded(9, 6s)), closing}, 2s);
    sample({changing(guarded(9, 6s))}, 1s);
    return sample({changing(abandoned(guarded(9, 6s))), young}, 0s);
}

void render(const QString& file, Appearance appearance, std::uint64_t selected, int page) {
    FakeServices fakes;
    MainWindow window(fakes.services());
    window.setAppearance(appearance);
    window.resize(1280, 800);
    window.showPage(window.connections());
    window.show();
    window.showFrame(lastOfThree());
    window.select(keyOf(selected));
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
        test::render(file("ui-owners-light.png"), Appearance::Light, 6, 3);
    });
}
