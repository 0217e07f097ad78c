// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/child.h"
#include "tests/ui/fake_sockets.h"
#include "tests/ui/fake_tuning.h"
#include "ui/actions/rearm.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr KeepaliveDefaults kBefore{7200, 75, 9};

/// The page after tcp_keepalive_time was changed while two connections had armed the old one.
struct RearmTest : testing::Test {
    FakeTuning tuning;
    FakeSockets sockets;
    TuningPage page{tuning, sockets};
    QPushButton& rearm = child<QPushButton>(page, "rearm");
    MonotonicTime begun{}; ///< of the first frame

    RearmTest() {
        page.resize(1100, 820);
        page.show();
    }
    void change(const KeepaliveDefaults& values) {
        begun = MonotonicClock::now();
        const auto frame = [this](const KeepaliveDefaults& inEffect) {
            const auto first = follower(1, 12s);
            FrameMaker builder{first, follower(2, 1h), unguarded(3)};
            builder.owner(first, {8123, 4, "psql"});
            return tuningFrame(std::move(builder), inEffect, begun);
        };
        page.showFrame(frame(kBefore));
        page.edit(values);
        child<ApplyBar>(page).apply->click();
        tuning.accept();
        page.showFrame(frame(values));
        QApplication::processEvents();
    }
    QMessageBox* question() {
        rearm.click();
        return page.findChild<QMessageBox*>();
    }
    static QAbstractButton* yes(QMessageBox& box) {
        for (auto* button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::AcceptRole)
                return button;
        }
        return nullptr;
    }
    std::string answer() { return answerIn(page).toStdString(); }
};

TEST_F(RearmTest, isOfferedWhileConnectionsWait) {
    EXPECT_FALSE(rearm.isVisible());
    change({600, 30, 5});
    EXPECT_TRUE(rearm.isVisible());
    EXPECT_TRUE(rearm.isEnabled());
}

TEST_F(RearmTest, saysFirstThatItMakesAnOverride) {
    change({600, 30, 5});
    auto* box = question();
    ASSERT_NE(box, nullptr);
    EXPECT_THAT(box->text().toStdString(), HasSubstr("600 s"));
    EXPECT_THAT(box->informativeText().toStdString(), HasSubstr("psql 8123"));
    EXPECT_THAT(box->informativeText().toStdString(), HasSubstr("no longer follow tcp_keepalive_time"));
    EXPECT_EQ(box->defaultButton(), box->button(QMessageBox::Cancel));
    box->button(QMessageBox::Cancel)->click();
    EXPECT_TRUE(sockets.sets.empty());
}

TEST_F(RearmTest, setsTheIdleTimeNowInEffectOnThoseThatWait) {
    QSignalSpy readingsArrived(&page, &TuningPage::readingsArrived);
    change({600, 30, 5});
    yes(*question())->click();
    ASSERT_EQ(sockets.sets.size(), 1U);
    EXPECT_EQ(sockets.sets[0].cookies, (std::vector<std::uint64_t>{2, 1})); // the one that waits longest first
    EXPECT_EQ(sockets.sets[0].change.idleSeconds, 600);
    EXPECT_FALSE(sockets.sets[0].change.enabled);
    sockets.acceptSet();
    EXPECT_EQ(sockets.sets.size(), 1U);
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_THAT(answer(), HasSubstr("2 connection(s) changed."));
    EXPECT_THAT(answer(), HasSubstr("override from now on"));
    EXPECT_EQ(readingsArrived.count(), 1);
}

TEST_F(RearmTest, aRefusalIsToldAndADismissalNot) {
    change({600, 30, 5});
    yes(*question())->click();
    sockets.refuse(PrivilegeErrorKind::Dismissed);
    EXPECT_EQ(answer(), "");
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    yes(*question())->click();
    sockets.refuse(PrivilegeErrorKind::NotAuthorized, Sentence::tr("No."));
    EXPECT_THAT(answer(), HasSubstr("0 of 2 changed; 2 could not be: No."));
}

TEST_F(RearmTest, whatASocketDoesNotTakeIsNotOffered) {
    change({86'400, 30, 5});
    page.showFrame(tuningFrame({follower(1, 12s), follower(2, 1h)}, {86'400, 30, 5}, begun));
    EXPECT_FALSE(rearm.isEnabled());
    EXPECT_THAT(Rearm::whyNot(86'400).toStdString(), HasSubstr("32767"));
    EXPECT_EQ(Rearm::whyNot(32'767), QString());
    EXPECT_NE(Rearm::whyNot(0), QString());
}

} // namespace
} // namespace halfopen::test
