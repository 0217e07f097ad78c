// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is cut, nothing lies on something else: on a small screen, on a large one, at 200 % and with letters twice as
// large (registered with QT_SCALE_FACTOR and QT_FONT_DPI, too). Source: WCAG 2.2, 1.4.4 and 1.4.10.
#include "tests/frames/frame_maker.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QLabel>
#include <QLayout>
#include <QSettings>
#include <QStackedLayout>
#include <QTest>
#include <QTranslator>

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <vector>

namespace halfopen::test {
namespace {

struct Case {
    const char* language;
    QSize size;
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.language << ' ' << one.size.width() << 'x' << one.size.height();
}

std::string nameOf(const QWidget& widget) {
    std::string name = widget.metaObject()->className();
    if (!widget.objectName().isEmpty())
        name += " " + widget.objectName().toStdString();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        name += " \"" + button->text().toStdString() + "\"";
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        name += " \"" + label->text().left(40).toStdString() + "\"";
    return name;
}

struct GeometryTest : testing::TestWithParam<Case> {
    GeometryTest() {
        QSettings().clear();
        EXPECT_TRUE(m_translator.load(QStringLiteral(":/i18n/halfopen_%1.qm").arg(QLatin1String(GetParam().language))));
        QCoreApplication::installTranslator(&m_translator);
        auto services = fakes.services();
        services.laboratory = true;
        fakes.history->add({exhausted(9)});
        window = std::make_unique<MainWindow>(services);
        window->resize(size());
        window->show();
        window->showFrame(
            series.next(FrameMaker({suspect(1), unguarded(2), guarded(3), listening(4), timeWait(5)}).script));
        window->select(keyOf(1));
        window->history().select(keyOf(9));
        QTest::qWait(20); // a subject is laid out some milliseconds later
    }
    ~GeometryTest() override { QCoreApplication::removeTranslator(&m_translator); }

    /// Large letters need a larger window; a small one is for letters of the usual size.
    static QSize size() {
        const int dpi = qEnvironmentVariableIntValue("QT_FONT_DPI");
        return dpi > 96 ? QSize(1920, 1080) : GetParam().size;
    }

    QTranslator m_translator;
    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

/// The nearest area that scrolls its content, or null.
const QAbstractScrollArea* areaOf(const QWidget& widget) {
    for (const QWidget* up = widget.parentWidget(); up; up = up->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(up))
            return area;
    return nullptr;
}

QRect inWindow(const QWidget& widget, const QWidget& window) {
    return {widget.mapTo(&window, QPoint()), widget.size()};
}

TEST_P(GeometryTest, everythingIsInside) {
    for (std::size_t page = 0; page < kPageNames.size(); ++page) {
        window->setPage(static_cast<int>(page));
        QApplication::processEvents();
        EXPECT_LE(window->width(), size().width()) << kPageNames[page];
        EXPECT_LE(window->height(), size().height()) << kPageNames[page];
        for (const auto* button : window->findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || button->size().isEmpty())
                continue;
            const QRect place = inWindow(*button, *window);
            const auto* area = areaOf(*button);
            const QRect room = area ? inWindow(*area->viewport(), *window) : window->rect();
            EXPECT_TRUE(place.left() >= room.left() && place.right() <= room.right())
                << kPageNames[page] << ": " << nameOf(*button) << " " << place.left() << ".." << place.right() << " of "
                << room.left() << ".." << room.right();
            if (!area) { // else it is scrolled to
                EXPECT_TRUE(place.top() >= room.top() && place.bottom() <= room.bottom())
                    << kPageNames[page] << ": " << nameOf(*button);
            }
        }
    }
}

TEST_P(GeometryTest, nothingLiesOnSomethingElse) {
    for (std::size_t page = 0; page < kPageNames.size(); ++page) {
        window->setPage(static_cast<int>(page));
        QApplication::processEvents();
        for (const auto* parent : window->findChildren<QWidget*>()) {
            if (!parent->isVisible() || !parent->layout() || qobject_cast<QStackedLayout*>(parent->layout()))
                continue;
            std::vector<const QWidget*> shown;
            for (const auto* one : parent->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                if (one->isVisible() && !one->isWindow() && !one->size().isEmpty())
                    shown.push_back(one);
            for (std::size_t i = 0; i < shown.size(); ++i)
                for (std::size_t j = i + 1; j < shown.size(); ++j)
                    EXPECT_FALSE(shown[i]->geometry().intersects(shown[j]->geometry()))
                        << kPageNames[page] << ": " << nameOf(*shown[i]) << " and " << nameOf(*shown[j]);
        }
    }
}

/// Running text has all the lines that it needs.
TEST_P(GeometryTest, noLineOfAWrappedTextIsCut) {
    for (std::size_t page = 0; page < kPageNames.size(); ++page) {
        window->setPage(static_cast<int>(page));
        QApplication::processEvents();
        for (const auto* label : window->findChildren<QLabel*>()) {
            if (!label->isVisible() || !label->wordWrap() || label->text().isEmpty())
                continue;
            EXPECT_GE(label->height(), label->heightForWidth(label->width()))
                << kPageNames[page] << ": " << nameOf(*label);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Windows, GeometryTest,
                         testing::Values(Case{"en", {800, 600}}, Case{"zh_CN", {800, 600}}, Case{"en", {1280, 720}},
                                         Case{"zh_CN", {1280, 720}}, Case{"en", {2560, 1440}},
                                         Case{"zh_CN", {2560, 1440}}));

} // namespace
} // namespace halfopen::test
