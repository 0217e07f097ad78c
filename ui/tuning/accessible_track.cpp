// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/accessible_track.h"

#include "core/model/keepalive_limits.h"
#include "ui/look/theme.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <array>

namespace halfopen {

namespace {

std::int32_t valueOf(TrackHandle handle, const KeepaliveDefaults& values) {
    switch (handle) {
    case TrackHandle::Time:
        return values.time;
    case TrackHandle::Interval:
        return values.interval;
    case TrackHandle::Probes:
        break;
    }
    return values.probes;
}

/// One of the handles.
class Handle final : public QAccessibleInterface, public QAccessibleValueInterface {
public:
    Handle(TrackView& track, QAccessibleInterface& whole, TrackHandle handle)
        : m_track(track)
        , m_whole(whole)
        , m_handle(handle) {}

    bool isValid() const override { return m_whole.isValid(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_whole.window(); }
    QAccessibleInterface* parent() const override { return &m_whole; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Slider; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text which) const override {
        switch (which) {
        case QAccessible::Name:
            return handleName(m_handle);
        case QAccessible::Description:
            return handleMeaning(m_handle);
        case QAccessible::Value: {
            const auto value = valueOf(m_handle, m_track.values());
            return m_handle == TrackHandle::Probes ? QString::number(value) : secondsText(value);
        }
        default:
            return {};
        }
    }

    QRect rect() const override {
        const QPoint middle = m_track.mapToGlobal(m_track.handlePosition(m_handle));
        return {middle - QPoint(kTarget / 2, kTarget / 2), QSize(kTarget, kTarget)};
    }

    QAccessible::State state() const override {
        QAccessible::State state = m_whole.state();
        state.focusable = true;
        state.focused = m_track.hasFocus() && m_track.handle() == m_handle;
        state.readOnly = !m_track.isEditable();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this) : nullptr;
    }
    QVariant currentValue() const override { return valueOf(m_handle, m_track.values()); }
    void setCurrentValue(const QVariant& value) override { m_track.moveHandle(m_handle, value.toInt()); }
    QVariant minimumValue() const override { return 1; }
    QVariant maximumValue() const override {
        return m_handle == TrackHandle::Probes ? kMaxKeepaliveProbes : kMaxKeepaliveIdle;
    }
    QVariant minimumStepSize() const override { return 1; }

private:
    TrackView& m_track;
    QAccessibleInterface& m_whole;
    TrackHandle m_handle;
};

class AccessibleTrack final : public QAccessibleWidget {
public:
    explicit AccessibleTrack(TrackView& track)
        : QAccessibleWidget(&track, QAccessible::Grouping) {
        for (int i = 0; i < kTrackHandles; ++i)
            m_handles[static_cast<std::size_t>(i)] =
                QAccessible::registerAccessibleInterface(new Handle(track, *this, static_cast<TrackHandle>(i)));
    }
    ~AccessibleTrack() override {
        for (const auto handle : m_handles)
            QAccessible::deleteAccessibleInterface(handle);
    }

    int childCount() const override { return kTrackHandles; }
    QAccessibleInterface* child(int index) const override {
        return index < 0 || index >= kTrackHandles
                   ? nullptr
                   : QAccessible::accessibleInterface(m_handles[static_cast<std::size_t>(index)]);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        for (int i = 0; i < kTrackHandles; ++i)
            if (this->child(i) == child)
                return i;
        return -1;
    }
    QAccessibleInterface* focusChild() const override {
        const auto& track = static_cast<const TrackView&>(*widget());
        return track.hasFocus() ? child(static_cast<int>(track.handle())) : nullptr;
    }

private:
    std::array<QAccessible::Id, kTrackHandles> m_handles{};
};

QAccessibleInterface* trackFor(const QString&, QObject* object) {
    auto* track = qobject_cast<TrackView*>(object);
    return track ? new AccessibleTrack(*track) : nullptr;
}

} // namespace

void makeTrackAccessible() {
    QAccessible::installFactory(trackFor); // the same one is there once
}

void tellFocus(TrackView& track) {
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&track, QAccessible::Focus);
    event.setChild(static_cast<int>(track.handle()));
    QAccessible::updateAccessibility(&event);
}

void tellValues(TrackView& track, const KeepaliveDefaults& before) {
    if (!QAccessible::isActive())
        return;
    for (int i = 0; i < kTrackHandles; ++i) {
        const auto handle = static_cast<TrackHandle>(i);
        const auto value = valueOf(handle, track.values());
        if (value == valueOf(handle, before))
            continue;
        QAccessibleValueChangeEvent event(&track, value);
        event.setChild(i);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace halfopen
