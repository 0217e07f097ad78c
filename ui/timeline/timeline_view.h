// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timeline_layout.h"

#include <QTimer>
#include <QWidget>

namespace halfopen {

/// The three clocks of a connection on one line: when the kernel's timer fires, when the next probe goes out, when the
/// kernel gives up. A band is drawn as a band. The arrow keys walk from stop to stop, which is read out.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    /// @param accent  the colour of the connection's diagnosis
    void show(Timeline timeline, const QColor& accent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Rows; ///< y of the lines of text and of the axis

    Rows rows() const;
    QString spokenText() const;
    QString stopText(std::size_t stop) const;
    void goTo(std::size_t stop);
    void nameItself();
    void paintFocus(QPainter& painter, const TimelineLayout& layout, double y) const;
    void paintAxis(QPainter& painter, const TimelineLayout& layout, double y) const;
    void paintMarks(QPainter& painter, const TimelineLayout& layout, double y) const;
    void paintTimer(QPainter& painter, const TimelineLayout& layout, double y) const;
    void paintLabels(QPainter& painter, const TimelineLayout& layout) const;

    Timeline m_timeline;
    QColor m_accent;
    QTimer m_naming;        ///< runs for a second behind each name: each is an event for whoever listens
    std::size_t m_stop = 0; ///< that the keys are on
};

} // namespace halfopen
