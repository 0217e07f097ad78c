// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/track_view.h"

#include "core/model/keepalive_limits.h"
#include "core/tuning/steps.h"
#include "ui/look/theme.h"
#include "ui/tuning/accessible_track.h"
#include "ui/tuning/track_lines.h"
#include "ui/tuning/tuning_strings.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen {

namespace {

constexpr double kReach = 12; ///< how far from a handle a press still takes it

int stepsOf(const QKeyEvent& event) {
    switch (event.key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Plus:
        return 1;
    case Qt::Key_Left:
    case Qt::Key_Down:
    case Qt::Key_Minus:
        return -1;
    case Qt::Key_PageUp:
        return 5;
    case Qt::Key_PageDown:
        return -5;
    case Qt::Key_Home:
        return -1000;
    case Qt::Key_End:
        return 1000;
    default:
        return 0;
    }
}

} // namespace

TrackView::TrackView(QWidget* parent)
    : QWidget(parent) {
    makeTrackAccessible(); // before anything is told of it
    setObjectName(QStringLiteral("track"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Track of the three values"));
}

void TrackView::setValues(const KeepaliveDefaults& values) {
    const KeepaliveDefaults before = std::exchange(m_values, values);
    if (!m_grab) // the scale stands still under a hand
        m_extent = TrackGeometry::extentFor(values, m_extent);
    setAccessibleDescription(spokenText());
    if (before != values)
        tellValues(*this, before);
    update();
}

void TrackView::setGhost(const std::optional<KeepaliveDefaults>& values) {
    m_ghost = values;
    update();
}

void TrackView::setCrowd(const Effect& effect) {
    m_idle = effect.idle;
    m_probing = effect.probing;
    update();
}

void TrackView::setMiddleboxes(std::vector<Middlebox> boxes) {
    m_boxes = std::move(boxes);
    update();
}

void TrackView::setEditable(bool editable) {
    if (editable == m_editable) // said again with every frame, also while a hand drags
        return;
    m_editable = editable;
    m_grab.reset();
    update();
}

void TrackView::focusHandle(TrackHandle handle) {
    m_handle = handle;
    setAccessibleDescription(spokenText());
    if (hasFocus())
        tellFocus(*this);
    update();
}

TrackGeometry TrackView::geometryNow() const {
    return {width() - 2.0 * kTrackMargin, m_extent};
}

QPoint TrackView::handlePosition(TrackHandle handle) const {
    const auto y = handle == TrackHandle::Interval ? lines().axis + kGripDrop : lines().axis;
    return {static_cast<int>(std::lround(kTrackMargin + geometryNow().xOf(handle, m_values))),
            static_cast<int>(std::lround(y))};
}

/// The handle whose grip is nearest; the interval's hangs below the axis, so that it can be told from the end.
std::optional<TrackHandle> TrackView::handleAt(const QPointF& point) const {
    std::optional<TrackHandle> nearest;
    double best = kReach;
    for (int i = 0; i < kTrackHandles; ++i) {
        const auto handle = static_cast<TrackHandle>(i);
        const QPointF away = point - QPointF(handlePosition(handle));
        const double distance = std::hypot(away.x(), away.y() * 0.7);
        if (distance < best) {
            best = distance;
            nearest = handle;
        }
    }
    return nearest;
}

void TrackView::moveTo(const KeepaliveDefaults& values) {
    if (values == m_values)
        return;
    setValues(values);
    Q_EMIT valuesChanged(values);
}

void TrackView::moveHandle(TrackHandle handle, std::int32_t value) {
    if (!m_editable)
        return;
    KeepaliveDefaults values = m_values;
    if (handle == TrackHandle::Probes)
        values.probes = std::clamp(value, 1, kMaxKeepaliveProbes);
    else
        (handle == TrackHandle::Time ? values.time : values.interval) = nearestStep(value);
    moveTo(values);
}

void TrackView::mousePressEvent(QMouseEvent* event) {
    const auto handle = m_editable && event->button() == Qt::LeftButton ? handleAt(event->position()) : std::nullopt;
    if (!handle)
        return QWidget::mousePressEvent(event);
    focusHandle(*handle);
    m_grab = kTrackMargin + geometryNow().xOf(*handle, m_values) - event->position().x();
}

void TrackView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_grab) {
        setCursor(m_editable && handleAt(event->position()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
        return;
    }
    moveTo(geometryNow().moved(m_handle, event->position().x() + *m_grab - kTrackMargin, m_values));
}

void TrackView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_grab || event->button() != Qt::LeftButton)
        return QWidget::mouseReleaseEvent(event);
    m_grab.reset();
    setValues(m_values);
}

void TrackView::keyPressEvent(QKeyEvent* event) {
    const int steps = m_editable ? stepsOf(*event) : 0;
    if (steps == 0)
        return QWidget::keyPressEvent(event);
    moveTo(stepped(m_handle, m_values, steps));
}

void TrackView::focusInEvent(QFocusEvent* event) {
    if (event->reason() == Qt::TabFocusReason)
        focusHandle(TrackHandle::Time);
    else if (event->reason() == Qt::BacktabFocusReason)
        focusHandle(TrackHandle::Probes);
    QWidget::focusInEvent(event);
    tellFocus(*this);
}

bool TrackView::focusNextPrevChild(bool next) {
    const int to = static_cast<int>(m_handle) + (next ? 1 : -1);
    if (!hasFocus() || to < 0 || to >= kTrackHandles)
        return QWidget::focusNextPrevChild(next);
    focusHandle(static_cast<TrackHandle>(to));
    return true;
}

bool TrackView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto& help = static_cast<const QHelpEvent&>(*event);
    const QString text = toolTipAt(help.pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help.globalPos(), text, this);
    return true;
}

QString TrackView::toolTipAt(const QPoint& point) const {
    const auto geometry = geometryNow();
    QStringList texts;
    for (const auto& box : m_boxes) {
        const QPointF mark(kTrackMargin + geometry.xOfIdle(box.idleTimeout), lines().boxes);
        if (box.layer == 4 && std::hypot(point.x() - mark.x(), point.y() - mark.y()) < 8)
            texts.append(survivalSentence(box, m_values));
    }
    if (!texts.isEmpty())
        return texts.join(QLatin1Char('\n'));
    const auto handle = handleAt(point);
    return handle ? handleMeaning(*handle) : QString();
}

/// For those who cannot see it: the handle that the keys move, and what all three come to.
QString TrackView::spokenText() const {
    return tr("Arrow keys move: %1. %2 %3")
        .arg(handleName(m_handle), firstProbeSentence(m_values), noticedSentence(m_values));
}

QSize TrackView::sizeHint() const {
    return {640, static_cast<int>(std::ceil(lines().bottom))};
}

QSize TrackView::minimumSizeHint() const {
    return {420, sizeHint().height()};
}

} // namespace halfopen
