// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_layout.h"

#include "ui/look/duration_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halfopen {

using std::chrono::milliseconds;

namespace {

constexpr double kSpace = 12;      ///< between two labels
constexpr double kBand = 10;       ///< narrowest band
constexpr double kBroken = 2.5;    ///< so many times coarser than the finest stretch: the axis is broken there
constexpr double kOpenTail = 0.30; ///< share of the width for an open end

struct TimelineText {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

using TextWidth = std::function<double(const QString&)>;
using Kind = TimelineStop::Kind;
using Line = TimelineLayout::Line;

/// A point of the axis; a band has two.
struct Anchor {
    milliseconds at;
    std::size_t stop;
};

std::vector<Anchor> anchorsOf(const std::vector<TimelineStop>& stops) {
    std::vector<Anchor> anchors;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        anchors.push_back({stops[i].earliest, i});
        if (stops[i].band())
            anchors.push_back({stops[i].latest, i});
    }
    return anchors;
}

double leastLength(const std::vector<TimelineStop>& stops, const Anchor& from, const Anchor& to,
                   const TextWidth& textWidth) {
    if (from.stop == to.stop)
        return kBand;
    return (textWidth(stops[from.stop].name) + textWidth(stops[to.stop].name)) / 2 + kSpace;
}

struct Stretch {
    double time; ///< ms
    double least;
    double length = 0;
};

QString leftOutText(std::size_t count) {
    return TimelineText::tr("%n more", nullptr, static_cast<int>(count));
}

std::vector<Stretch> stretchesOf(const std::vector<TimelineStop>& stops, const std::vector<Anchor>& anchors,
                                 std::size_t leftOut, const TextWidth& textWidth) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 1; i < anchors.size(); ++i) {
        const auto time = static_cast<double>((anchors[i].at - anchors[i - 1].at).count());
        stretches.push_back({std::max(time, 1.0), leastLength(stops, anchors[i - 1], anchors[i], textWidth)});
        const bool beforeEnd = anchors[i].stop + 1 == stops.size() && anchors[i - 1].stop + 2 == stops.size();
        if (leftOut > 0 && beforeEnd)
            stretches.back().least = std::max(stretches.back().least, textWidth(leftOutText(leftOut)) + 2 * kSpace);
    }
    return stretches;
}

double sumOf(const std::vector<Stretch>& stretches, double Stretch::*member) {
    return std::accumulate(stretches.begin(), stretches.end(), 0.0,
                           [member](double sum, const Stretch& s) { return sum + s.*member; });
}

/// True to scale where every stretch gets what it needs so, else what it needs and a share by the root of its time.
void giveLengths(std::vector<Stretch>& stretches, double width) {
    const double scale = width / sumOf(stretches, &Stretch::time);
    const bool fits = std::all_of(stretches.begin(), stretches.end(),
                                  [scale](const Stretch& s) { return s.time * scale >= s.least; });
    const double rest = std::max(0.0, width - sumOf(stretches, &Stretch::least));
    double roots = 0;
    for (const auto& s : stretches)
        roots += std::sqrt(s.time);
    for (auto& s : stretches)
        s.length = fits ? s.time * scale : s.least + rest * std::sqrt(s.time) / roots;
}

/// Leaves events out of the middle until the rest fits; the gap before the last one tells how many.
std::size_t thinOut(std::vector<TimelineStop>& stops, double width, const TextWidth& textWidth) {
    std::size_t left = 0;
    while (stops.size() > 4) {
        const auto anchors = anchorsOf(stops);
        if (sumOf(stretchesOf(stops, anchors, left, textWidth), &Stretch::least) <= width)
            break;
        stops.erase(stops.end() - 2);
        ++left;
    }
    return left;
}

/// Puts labels down line by line; what would touch another one stays away.
class Labels {
public:
    Labels(TimelineLayout& layout, double width, const TextWidth& textWidth)
        : m_layout(layout)
        , m_width(width)
        , m_textWidth(textWidth) {}

    bool put(Line line, double center, const QString& text, bool strong = false, bool guess = false) {
        const double width = m_textWidth(text);
        if (text.isEmpty() || width > m_width)
            return false;
        const double left = std::clamp(center - width / 2, 0.0, m_width - width);
        if (taken(line, left, width))
            return false;
        m_layout.labels.push_back({line, left, width, text, strong, guess});
        return true;
    }

private:
    bool taken(Line line, double left, double width) const {
        return std::any_of(m_layout.labels.begin(), m_layout.labels.end(), [&](const TimelineLayout::Label& other) {
            return other.line == line && left < other.left + other.width + kSpace / 2 &&
                   other.left < left + width + kSpace / 2;
        });
    }

    TimelineLayout& m_layout;
    double m_width;
    const TextWidth& m_textWidth;
};

/// The piecewise straight way from time to x.
class Axis {
public:
    Axis(const std::vector<Anchor>& anchors, const std::vector<Stretch>& stretches, double left)
        : m_anchors(anchors) {
        m_x.push_back(left);
        for (const auto& s : stretches)
            m_x.push_back(m_x.back() + s.length);
    }

    double anchorX(std::size_t anchor) const { return m_x[anchor]; }
    double end() const { return m_x.back(); }
    double x(milliseconds at) const {
        for (std::size_t i = 1; i < m_anchors.size(); ++i) {
            if (at <= m_anchors[i].at)
                return between(i, at);
        }
        return m_x.back();
    }

private:
    double between(std::size_t i, milliseconds at) const {
        const auto span = static_cast<double>((m_anchors[i].at - m_anchors[i - 1].at).count());
        const auto part = static_cast<double>((at - m_anchors[i - 1].at).count());
        return span <= 0 ? m_x[i] : m_x[i - 1] + (m_x[i] - m_x[i - 1]) * std::clamp(part / span, 0.0, 1.0);
    }

    const std::vector<Anchor>& m_anchors;
    std::vector<double> m_x;
};

void addMarks(TimelineLayout& layout, const std::vector<TimelineStop>& stops, const std::vector<Anchor>& anchors,
              const Axis& axis) {
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const auto x = axis.anchorX(i);
        if (i > 0 && anchors[i].stop == anchors[i - 1].stop)
            layout.marks.back().to = x;
        else
            layout.marks.push_back({stops[anchors[i].stop].kind, x, x});
    }
}

void addGaps(TimelineLayout& layout, const std::vector<Anchor>& anchors, const std::vector<Stretch>& stretches,
             const Axis& axis) {
    double finest = 0;
    for (const auto& s : stretches)
        finest = std::max(finest, s.length / s.time);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const bool withinBand = anchors[i].stop == anchors[i + 1].stop;
        const bool broken = !withinBand && finest > kBroken * stretches[i].length / stretches[i].time;
        layout.gaps.push_back({axis.anchorX(i), axis.anchorX(i + 1), broken});
    }
}

/// What matters most is put down first: the next event and the end, then now, then the rest from left to right.
std::vector<std::size_t> byImportance(const std::vector<TimelineStop>& stops) {
    std::vector<std::size_t> order(stops.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto rank = [&](std::size_t i) {
        if (stops[i].kind == Kind::End)
            return 0;
        const bool next = stops[i].kind == Kind::Event && i > 0 && stops[i - 1].kind == Kind::Now;
        return next ? 1 : stops[i].kind == Kind::Event ? 3 : 2;
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    return order;
}

void addStopLabels(Labels& labels, const std::vector<TimelineStop>& stops, const TimelineLayout& layout) {
    for (const auto i : byImportance(stops)) {
        const double center = (layout.marks[i].from + layout.marks[i].to) / 2;
        labels.put(Line::Names, center, stops[i].name, stops[i].kind != Kind::LastSign);
        labels.put(Line::Times, center, stops[i].when, false, stops[i].guess);
    }
}

/// Ahead of now only events are that certain; what is over is.
bool tellsLength(const Timeline& timeline, const TimelineStop& from, const TimelineStop& to) {
    return !from.band() && !to.band() && (timeline.past || from.kind == Kind::Event);
}

QString gapText(const Timeline& timeline, const TimelineStop& from, const TimelineStop& to) {
    if (!tellsLength(timeline, from, to))
        return {};
    const auto length = durationText(to.earliest - from.earliest);
    return timeline.past && to.kind == Kind::End && !timeline.between.isEmpty()
               ? TimelineText::tr("%1, %2", "how long, what happened").arg(length, timeline.between)
               : length;
}

void addGapLabels(Labels& labels, const Timeline& timeline, const std::vector<TimelineStop>& stops,
                  const TimelineLayout& layout, std::size_t leftOut, const TextWidth& textWidth) {
    for (std::size_t i = 1; i < stops.size(); ++i) {
        const auto& a = layout.marks[i - 1];
        const auto& b = layout.marks[i];
        auto text = gapText(timeline, stops[i - 1], stops[i]);
        if (leftOut > 0 && i + 1 == stops.size())
            text = leftOutText(leftOut);
        if (textWidth(text) + kSpace < b.from - a.to)
            labels.put(Line::Gaps, (a.to + b.from) / 2, text);
    }
}

} // namespace

TimelineLayout layOut(const Timeline& timeline, double width, const TextWidth& textWidth) {
    TimelineLayout layout;
    auto stops = timeline.stops;
    if (stops.empty())
        return layout;
    const double left = textWidth(stops.front().name) / 2;
    const double right = timeline.open.isEmpty() ? width - textWidth(stops.back().name) / 2 : width * (1 - kOpenTail);
    const auto leftOut = thinOut(stops, right - left, textWidth);
    const auto anchors = anchorsOf(stops);
    auto stretches = stretchesOf(stops, anchors, leftOut, textWidth);
    giveLengths(stretches, right - left);
    const Axis axis(anchors, stretches, left);
    addMarks(layout, stops, anchors, axis);
    addGaps(layout, anchors, stretches, axis);
    layout.end = timeline.open.isEmpty() ? axis.end() : width;

    Labels labels(layout, width, textWidth);
    addStopLabels(labels, stops, layout);
    addGapLabels(labels, timeline, stops, layout, leftOut, textWidth);
    if (!timeline.open.isEmpty())
        labels.put(Line::Times, (axis.end() + width) / 2, timeline.open, true);
    if (timeline.timer) {
        layout.timer = axis.x(*timeline.timer);
        labels.put(Line::Timer, *layout.timer, timeline.timerText);
    }
    return layout;
}

} // namespace halfopen
