// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"

#include <QRectF>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace halfopen {

/// One thing on the time line. Times count from now; negative is past. Different times are a band.
struct TimelineStop {
    enum class Kind : std::uint8_t { LastSign, Now, Event, End };

    Kind kind = Kind::Event;
    std::chrono::milliseconds earliest{0};
    std::chrono::milliseconds latest{0};
    QString name;       ///< stands above the axis
    QString when;       ///< stands below it
    bool guess = false; ///< rests on what was not read: its time is in italics

    bool band() const { return earliest != latest; }
};

/// What is to be drawn, in the order of time.
struct Timeline {
    std::vector<TimelineStop> stops;
    std::optional<std::chrono::milliseconds> timer; ///< when the kernel's timer fires next
    QString timerText;
    QString open;      ///< where nothing ends it: what stands at the open end of the axis
    bool past = false; ///< all of it is over: the stretches between its stops tell how long they were
    QString between;   ///< of the past: what stands in the last stretch, beside its length
};

/// Everything ahead of a connection.
/// @param events  core's timelineOfRow() of the same row
Timeline timelineOf(const Row& row, const std::vector<TimelineEvent>& events, MonotonicTime now);

/// Where everything goes. x from 0 to the width; rows of text are numbered from the top: names, gaps, times, timer.
struct TimelineLayout {
    /// A point or a band on the axis.
    struct Mark {
        TimelineStop::Kind kind;
        double from; ///< of the band; equal to `to` for a point
        double to;
    };
    /// The stretch between two marks.
    struct Gap {
        double from;
        double to;
        bool broken; ///< stands for more time than its length says: the axis is drawn with a break
    };
    /// The rows of text, from the top.
    enum class Line : std::uint8_t { Names, Gaps, Times, Timer };
    /// A text in one of the rows.
    struct Label {
        Line line;
        double left;
        double width;
        QString text;
        bool strong;
        bool guess = false;
    };

    std::vector<Mark> marks;
    std::vector<Gap> gaps;
    std::vector<Label> labels; ///< no two of one line overlap
    std::optional<double> timer;
    double end = 0; ///< of the axis
};

/// Lays a time line out. Lengths are true to scale where all labels find room so; else short times get more and long
/// times less than their share and the axis shows breaks. Events for which there is no room are left out and counted.
/// Pure.
/// @param textWidth  of a text in the font it will be drawn with
TimelineLayout layOut(const Timeline& timeline, double width, const std::function<double(const QString&)>& textWidth);

} // namespace halfopen
