// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/effect.h"
#include "core/tuning/middlebox.h"
#include "ui/tuning/track_geometry.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

namespace halfopen {

struct Theme;

/// The three values drawn as what they do: a bar of silence, a break, the probes, the end. The handles are dragged, or
/// moved with the arrow keys (Tab goes from one to the next); both stop at the same steps. The open connections stand
/// above it at their idle time, or on the probe that they wait for an answer to.
class TrackView final : public QWidget {
    Q_OBJECT

public:
    explicit TrackView(QWidget* parent = nullptr);

    void setValues(const KeepaliveDefaults& values);
    /// What is in effect, drawn as a ghost where it differs; nullopt: no ghost.
    void setGhost(const std::optional<KeepaliveDefaults>& values);
    /// The connections to stand on the track; outlives the next paint only if copied, so it is.
    void setCrowd(const Effect& effect);
    void setMiddleboxes(std::vector<Middlebox> boxes);
    void setEditable(bool editable);

    void focusHandle(TrackHandle handle);
    TrackHandle handle() const { return m_handle; } ///< that the keys move
    const KeepaliveDefaults& values() const { return m_values; }
    bool isEditable() const { return m_editable; }
    /// As by a person: the nearest step.
    void moveHandle(TrackHandle handle, std::int32_t value);
    /// The middle of a handle, in the coordinates of this widget.
    QPoint handlePosition(TrackHandle handle) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By a person, step by step while a handle moves.
    void valuesChanged(const halfopen::KeepaliveDefaults& values);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool event(QEvent* event) override;

private:
    struct Lines; ///< heights of what is drawn one below the other

    TrackGeometry geometryNow() const;
    Lines lines() const;
    std::optional<TrackHandle> handleAt(const QPointF& point) const;
    void moveTo(const KeepaliveDefaults& values);
    QString toolTipAt(const QPoint& point) const;
    QString spokenText() const;

    void paintCaptions(QPainter& painter, const TrackGeometry& geometry) const;
    void paintAxis(QPainter& painter, const TrackGeometry& geometry) const;
    void paintScale(QPainter& painter, const TrackGeometry& geometry) const;
    void paintProbes(QPainter& painter, const TrackGeometry& geometry) const;
    void paintGhost(QPainter& painter, const TrackGeometry& geometry) const;
    void paintCrowd(QPainter& painter, const TrackGeometry& geometry) const;
    void paintLegend(QPainter& painter) const;
    std::uint32_t perMark() const; ///< connections
    void paintMiddleboxes(QPainter& painter, const TrackGeometry& geometry) const;
    void paintHandles(QPainter& painter, const TrackGeometry& geometry) const;

    KeepaliveDefaults m_values;
    std::optional<KeepaliveDefaults> m_ghost;
    std::array<Crowd, kIdleColumns> m_idle{};
    std::vector<Crowd> m_probing;
    std::vector<Middlebox> m_boxes;
    double m_extent = 900;
    TrackHandle m_handle = TrackHandle::Time;
    std::optional<double> m_grab; ///< while dragging: from the pointer to the handle
    bool m_editable = true;
};

} // namespace halfopen
