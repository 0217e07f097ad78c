// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/screenshot.h"

#include "core/text/foreign_text.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QPixmap>

#include <algorithm>
#include <cstdio>

namespace halfopen {

using namespace std::chrono_literals;

Screenshot::Screenshot(MainWindow& window, const Options& options, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_options(options) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::take);
    m_timer.start(10s);
}

void Screenshot::frameShown(const Frame& frame) {
    if (!m_waiting || frame.shown.empty())
        return;
    m_waiting = false;
    m_timer.start(m_options.after);
}

void Screenshot::selectIn(const Frame& frame) {
    bool isCookie = false;
    const auto cookie = m_options.select.toULongLong(&isCookie, 16);
    const auto word = m_options.select.toStdString();
    const auto fits = [&](std::uint32_t index) {
        const Row& row = frame.rows[index];
        const auto conditions = row.forecast.conditions.list();
        return (isCookie && row.connection.cookie == cookie) || toString(row.diagnosis) == word ||
               std::ranges::any_of(conditions, [&](Condition one) { return toString(one) == word; });
    };
    const auto found = std::find_if(frame.shown.begin(), frame.shown.end(), fits);
    if (found != frame.shown.end())
        m_window.select(frame.keyOf(frame.rows[*found]));
}

/// The row is selected first and the picture taken a frame later, so that its details have come.
void Screenshot::take() {
    if (!m_options.select.isEmpty() && m_window.shownFrame()) {
        selectIn(*m_window.shownFrame());
        m_options.select.clear();
        m_timer.start(m_window.query().interval + 300ms);
        return;
    }
    const bool written = m_window.grab().save(m_options.screenshot);
    if (!written)
        std::fprintf(stderr, "halfopen: %s cannot be written.\n", harmless(m_options.screenshot.toStdString()).c_str());
    QApplication::exit(written && !m_waiting ? 0 : 1);
}

} // namespace halfopen
