// SPDX-License-Identifier: GPL-3.0-or-later
// Without a mouse, with a screen reader, with large letters, without colours: what each page has to keep. Source:
// WCAG 2.2.
#include "tests/frames/frame_maker.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/look/contrast.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QTranslator>

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace halfopen::test {
namespace {

constexpr int kMostRing = 100; ///< pixels that show it, also where only a part of a large one has the keys
constexpr std::size_t kPages = kPageNames.size();

std::string nameOf(const QWidget& widget) {
    std::string name = widget.metaObject()->className();
    if (!widget.objectName().isEmpty())
        name += " " + widget.objectName().toStdString();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        name += " \"" + button->text().toStdString() + "\"";
    return name;
}

/// What runs is read out once a second at most, and shown ten times.
std::string withoutNumbers(QString text) {
    static const QRegularExpression numbers(QStringLiteral("[0-9.,]+"));
    return text.remove(numbers).toStdString();
}

/// Every text longer by two fifths, as other languages are.
class LongerWords : public QTranslator {
public:
    QString translate(const char*, const char* source, const char*, int) const override {
        const QString text = QString::fromUtf8(source);
        return text + QString(text.size() * 2 / 5, QLatin1Char('x'));
    }
    bool isEmpty() const override { return false; }
};

struct AccessibleTest : testing::Test {
    AccessibleTest() { QSettings().clear(); }

    /// A page with something on it, and something chosen.
    MainWindow& open(std::size_t page, QSize size = {1200, 800}) {
        fakes.history->add({exhausted(9)});
        window = std::make_unique<MainWindow>(fakes.services());
        window->setPage(static_cast<int>(page));
        window->resize(size);
        window->show();
        window->activateWindow();
        window->showFrame(
            series.next(FrameMaker({suspect(1), unguarded(2), guarded(3)}).at(MonotonicClock::now()).script));
        window->select(keyOf(1));
        window->history().select(keyOf(9));
        QApplication::processEvents();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window.get()));
        return *window;
    }

    /// Where Tab leads, from the first stop of the window until it comes round.
    std::vector<QWidget*> stops() const {
        std::vector<QWidget*> all;
        QTest::keyClick(window.get(), Qt::Key_Tab);
        for (auto* at = QApplication::focusWidget(); at; at = QApplication::focusWidget()) {
            if (all.empty() || at != all.back()) { // the track has stops of its own
                if (std::ranges::count(all, at) > 0)
                    break;
                all.push_back(at);
            }
            QTest::keyClick(at, Qt::Key_Tab);
        }
        return all;
    }

    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

/// 2.4.3: the keys go as one reads, line by line; once they come round they begin at the top again.
TEST_F(AccessibleTest, theKeysGoInTheOrderOfReading) {
    for (std::size_t page = 0; page < kPages; ++page) {
        open(page);
        const auto all = stops();
        ASSERT_GT(all.size(), 3U) << page;
        int rounds = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const QWidget& one = *all[i];
            const QWidget& next = *all[(i + 1) % all.size()];
            const QPoint from = one.mapTo(window.get(), one.rect().center());
            const QPoint to = next.mapTo(window.get(), next.rect().center());
            const int line = std::max(one.height(), next.height()) / 2 + kTarget;
            if (to.y() < from.y() - line) {
                ++rounds;
                EXPECT_LE(rounds, 1) << page << ": from " << nameOf(one) << " up to " << nameOf(next);
            }
        }
    }
}

/// 2.4.7: who has the keys is seen.
TEST_F(AccessibleTest, whatHasTheKeysIsSeen) {
    for (std::size_t page = 0; page < kPages; ++page) {
        open(page);
        for (QWidget* stop : stops()) {
            stop->setFocus(Qt::TabFocusReason);
            QApplication::processEvents();
            if (QApplication::focusWidget() != stop)
                continue; // it passes them on
            const QRect around = QRect(stop->mapTo(window.get(), QPoint()), stop->size()).adjusted(-4, -4, 4, 4);
            const QImage with = window->grab(around & window->rect()).toImage();
            stop->clearFocus();
            QApplication::processEvents();
            const QImage without = window->grab(around & window->rect()).toImage();
            int changed = 0;
            for (int y = 0; y < with.height(); ++y)
                for (int x = 0; x < with.width(); ++x)
                    changed += contrastRatio(with.pixelColor(x, y), without.pixelColor(x, y)) >= 1.5;
            EXPECT_GE(changed, std::min({stop->width(), stop->height(), kMostRing})) << page << ": " << nameOf(*stop);
        }
    }
}

/// 1.1.1, 4.1.2: what is shown can be read out.
TEST_F(AccessibleTest, whatALabelShowsIsItsName) {
    for (std::size_t page = 0; page < kPages; ++page) {
        open(page);
        for (auto* label : window->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            auto* told = QAccessible::queryAccessibleInterface(label);
            ASSERT_NE(told, nullptr);
            const QString name = told->text(QAccessible::Name);
            EXPECT_FALSE(name.isEmpty()) << page << ": " << nameOf(*label);
            EXPECT_FALSE(name.contains(QChar::ObjectReplacementCharacter)) << page << ": a picture";
            if (Qt::mightBeRichText(label->text()))
                continue;
            EXPECT_THAT(withoutNumbers(name), testing::HasSubstr(withoutNumbers(withoutMnemonic(label->text()))))
                << page << ": " << nameOf(*label);
        }
    }
}

/// 4.1.2: whatever can have the keys has a name.
TEST_F(AccessibleTest, whatCanHaveTheKeysHasAName) {
    for (std::size_t page = 0; page < kPages; ++page) {
        open(page);
        for (QWidget* stop : stops()) {
            auto* told = QAccessible::queryAccessibleInterface(stop);
            ASSERT_NE(told, nullptr) << nameOf(*stop);
            EXPECT_FALSE(told->text(QAccessible::Name).isEmpty()) << page << ": " << nameOf(*stop);
            EXPECT_NE(told->role(), QAccessible::NoRole) << page << ": " << nameOf(*stop);
        }
    }
}

/// What is cut off stands in the tool tip as a whole; in long languages, too.
TEST_F(AccessibleTest, noTextIsCutOff) {
    LongerWords longer;
    QTranslator chinese;
    ASSERT_TRUE(chinese.load(QStringLiteral(":/i18n/halfopen_zh_CN.qm")));
    for (QTranslator* language : {static_cast<QTranslator*>(nullptr), &chinese, static_cast<QTranslator*>(&longer)}) {
        if (language)
            QCoreApplication::installTranslator(language);
        for (std::size_t page = 0; page < kPages; ++page) {
            open(page, {1366, 768});
            for (auto* button : window->findChildren<QAbstractButton*>()) {
                if (!button->isVisible())
                    continue;
                EXPECT_TRUE(button->width() >= button->minimumSizeHint().width() ||
                            button->toolTip().contains(button->text()))
                    << page << ": " << nameOf(*button);
            }
            for (auto* label : window->findChildren<QLabel*>()) {
                const bool cut =
                    label->isVisible() && !label->wordWrap() && !label->text().isEmpty() &&
                    label->contentsRect().width() + 1 < label->fontMetrics().horizontalAdvance(label->text());
                if (!cut)
                    continue;
                EXPECT_THAT(label->toolTip().toStdString(), testing::HasSubstr(label->text().toStdString()))
                    << page << ": " << nameOf(*label);
            }
        }
        if (language)
            QCoreApplication::removeTranslator(language);
    }
}

/// 1.4.1: shapes tell the words apart where colours do not.
TEST(DiagnosisIcons, differWithoutColour) {
    constexpr QSize kSize(32, 32);
    const auto shapeOf = [&](std::size_t word) {
        return diagnosisPixmap(static_cast<Diagnosis>(word), Qt::black, kSize.width(), 1).toImage();
    };
    for (std::size_t one = 0; one < kDiagnosisCount; ++one) {
        for (std::size_t other = one + 1; other < kDiagnosisCount; ++other) {
            const QImage left = shapeOf(one);
            const QImage right = shapeOf(other);
            int different = 0;
            for (int y = 0; y < kSize.height(); ++y)
                for (int x = 0; x < kSize.width(); ++x)
                    different += (qAlpha(left.pixel(x, y)) > 127) != (qAlpha(right.pixel(x, y)) > 127);
            EXPECT_GT(different, kSize.width() * kSize.height() * 8 / 100) << one << " and " << other;
        }
    }
}

} // namespace
} // namespace halfopen::test
