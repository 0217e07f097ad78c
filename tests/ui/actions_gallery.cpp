// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "tests/ui/gallery.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

/// Renders what acting on connections looks like to PNG files: a draft, the proof after it, the question before
/// closing, and the history.
///   actions_gallery DIRECTORY [LANGUAGE]
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

Scripted readable(Scripted row) {
    row.options = FakeSockets::exactOptions();
    return row;
}

FramePtr frameOf(const std::vector<Scripted>& rows) {
    FrameMaker builder;
    for (const auto& row : rows)
        builder.add(row).owner(row, {8123, 4, "psql"});
    return builder.at(MonotonicClock::now()).build();
}

EndedConnection record(std::uint64_t cookie, Ending ending, Confidence confidence, std::vector<EndingEvidence> seen) {
    const auto at = [&](std::chrono::seconds ago) {
        return Instant{MonotonicClock::now() - ago,
                       std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) - ago};
    };
    EndedConnection c;
    c.cookie = cookie;
    c.netns = kNetns;
    c.local = endpoint("10.0.0.5", static_cast<std::uint16_t>(40000 + cookie));
    c.remote = endpoint("203.0.113.9", 5432);
    c.lastState = State::Established;
    c.ending = ending;
    c.confidence = confidence;
    c.evidence = std::move(seen);
    c.unanswered = c.evidence.front().code == Code::ProbesUnanswered ? 3 : 0;
    const std::chrono::seconds ended(cookie * 40);
    c.firstSeen = at(ended + 300s);
    c.ended = c.lastSeen = at(ended);
    c.firstMissed = at(ended - 1s);
    c.lastLife = at(ended + 9s);
    c.errorNumber = isGivenUp(ending) ? 110 : 0;
    c.optionsKnown = true;
    c.options = FakeSockets::exactOptions(60, Switch::On);
    c.owners = {{8123, 4, "psql"}};
    return c;
}

std::vector<EndedConnection> records() {
    return {record(6, Ending::ClosedLocalFirst, Confidence::Certain, {{Code::StateSeen, 5, 0}}),
            record(5, Ending::Reset, Confidence::Likely, {{Code::NothingUnanswered, 0, 0}}),
            record(4, Ending::ClosedByHalfopen, Confidence::Certain, {{Code::AskedFor, 0, 0}}),
            record(3, Ending::Unknown, Confidence::Unknown, {{Code::EventsLost, 2, 0}}),
            record(2, Ending::SynRefused, Confidence::Certain, {{Code::ResetReceived, 0, 0}}),
            record(1, Ending::KeepaliveExhausted, Confidence::Certain,
                   {{Code::ProbesUnanswered, 3, 3}, {Code::GiveUpInInterval, 0, 0}, {Code::DestroyEvent, 3, 0}})};
}

struct Scene {
    FakeServices fakes;
    FakeSockets& sockets = fakes.sockets;
    HistoryPtr history = fakes.history;
    MainWindow window{fakes.services()};
    QString prefix;

    Scene(QString files, Appearance appearance)
        : prefix(std::move(files)) {
        history->add(records());
        history->addLostEvents(2);
        window.setAppearance(appearance);
        window.resize(1280, 800);
        window.showPage(window.connections());
        window.show();
    }
    void take(const char* name, QWidget& widget) {
        takePicture(widget, prefix + QLatin1String(name) + QStringLiteral(".png"));
    }
    void play() {
        window.showFrame(frameOf({readable(unguarded(1)), readable(unguarded(2)), readable(unguarded(3))}));
        window.select(keyOf(1));
        child<QAction>(window, "changeKeepalive").trigger();
        child<QCheckBox>(window, "SO_KEEPALIVE").click();
        child<QSpinBox>(window, "TCP_KEEPIDLE").setValue(30);
        child<QSpinBox>(window, "TCP_KEEPINTVL").setValue(10);
        take("draft", window);
        child<QPushButton>(window, "applyChange").click();
        sockets.acceptSet(FakeSockets::exactOptions(30, Switch::On));
        Scripted armed = guarded(1, 30s, 30);
        armed.options = FakeSockets::exactOptions(30, Switch::On);
        window.showFrame(frameOf({armed, readable(unguarded(2)), readable(unguarded(3))}));
        take("proof", window);
        window.connections().view().selectAll();
        take("many", window);
        child<QAction>(window, "closeConnection").trigger();
        if (auto* box = window.findChild<QMessageBox*>())
            take("question", *box);
        window.showPage(window.history());
        child<HistoryView>(window).select(keyOf(1));
        take("history", window);
    }
};

} // namespace
} // namespace halfopen::test

int main(int argc, char** argv) {
    using namespace halfopen;
    return test::runGallery(argc, argv, [](const test::Gallery& gallery) {
        test::Scene(gallery.directory + QStringLiteral("/light-"), Appearance::Light).play();
        test::Scene(gallery.directory + QStringLiteral("/dark-"), Appearance::Dark).play();
    });
}
