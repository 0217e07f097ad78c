// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_sockets.h"
#include "tests/ui/fake_tuning.h"
#include "tests/ui/gallery.h"
#include "tests/ui/tuning_values.h"
#include "ui/look/appearance.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"

#include <QCheckBox>
#include <QPushButton>
#include <QTreeWidget>

/// Renders the Tuning page with made-up connections to PNG files, for looking at states that a laboratory does not
/// bring about at one moment.
///   tuning_gallery DIRECTORY [LANGUAGE]
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr KeepaliveDefaults kOld{7200, 75, 9};
constexpr KeepaliveDefaults kNew{600, 30, 5};

FrameMaker crowd() {
    FrameMaker builder;
    std::uint64_t cookie = 1;
    for (int i = 0; i < 31; ++i)
        builder.add(follower(cookie++, 12s + std::chrono::seconds(i * i * 7)));
    for (int n = 1; n <= 3; ++n) {
        Scripted row = follower(cookie++, 20s);
        row.connection.timer.retransmits = row.connection.info.probes = static_cast<std::uint8_t>(n + n / 3 * 3);
        builder.add(row);
    }
    for (int i = 0; i < 6; ++i)
        builder.add(guarded(cookie++));
    for (std::uint32_t i = 0; i < 96; ++i) {
        Scripted row = unguarded(cookie++);
        row.connection.info.lastAckReceived = row.connection.info.lastDataReceived =
            Millis((i % 12 + 1) * (i % 7 + 1) * 1700);
        builder.add(row);
    }
    return builder.add(retransmitting(unguarded(cookie++), 0, 200ms));
}

template <class Prepare>
void render(const QString& file, Appearance appearance, QSize size, Prepare prepare) {
    FakeTuning actions;
    FakeSockets sockets;
    actions.place.boot.assignments = {
        {Setting::KeepaliveTime, "/etc/sysctl.d/99-sysctl.conf", 12, "7200", 7200, false, false}};
    apply(appearance);
    TuningPage page(actions, sockets);
    page.resize(size);
    page.show();
    page.showFrame(tuningFrame(crowd(), kOld));
    prepare(page, actions);
    takePicture(page, file);
}

void renderAll(const Gallery& gallery) {
    const auto file = [&](const char* name) -> QString {
        return gallery.directory + QStringLiteral("/tuning-") + gallery.language + QLatin1Char('-') +
               QLatin1String(name);
    };
    const QSize size(1280, 860);
    const auto draft = [](TuningPage& page, FakeTuning&) {
        page.edit(kNew);
        child<ApplyBar>(page).persistBox->click();
        auto& middleboxes = child<QTreeWidget>(page);
        middleboxes.setCurrentItem(middleboxes.topLevelItem(2));
    };
    render(file("edited-light.png"), Appearance::Light, size, draft);
    render(file("edited-dark.png"), Appearance::Dark, size, draft);
    render(file("small-light.png"), Appearance::Light, {900, 600}, draft);
    render(file("plain-light.png"), Appearance::Light, size, [](TuningPage&, FakeTuning&) {});
    render(file("trial-dark.png"), Appearance::Dark, size, [](TuningPage& page, FakeTuning& actions) {
        page.edit(kNew);
        child<ApplyBar>(page).trialBox->setChecked(true);
        child<ApplyBar>(page).apply->click();
        actions.accept();
    });
    render(file("refused-light.png"), Appearance::Light, size, [](TuningPage& page, FakeTuning& actions) {
        page.edit({20, 5, 60});
        child<ApplyBar>(page).apply->click();
        actions.refuse(PrivilegeErrorKind::NotInstalled, Sentence::tr("No helper."),
                       commandFor({0, edited(page), false}));
    });
    render(file("unusual-light.png"), Appearance::Light, size, [](TuningPage& page, FakeTuning&) {
        page.showFrame(tuningFrame(crowd(), {0, -7, 200}));
    });
}

} // namespace
} // namespace halfopen::test

int main(int argc, char** argv) {
    return halfopen::test::runGallery(argc, argv, halfopen::test::renderAll);
}
