// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/charts/chart_numbers.h"

#include <QScrollArea>

#include <array>
#include <deque>

class QGridLayout;

namespace halfopen {

class ChartPanel;

/// The last minutes of the connection that is chosen, since it was: its round trip, rates, queues, what is unanswered,
/// and its signs of life. A frame costs one point, drawn only where it is seen.
class CurvesPage final : public QScrollArea {
    Q_OBJECT

public:
    enum Curve : std::size_t { RoundTrip, Rates, Queues, Unanswered, Silence };
    static constexpr std::size_t kCurves = 5;
    static constexpr std::chrono::minutes kSpan{5};

    explicit CurvesPage(QWidget* parent = nullptr);

    /// The next frame. @param key  of the connection chosen; none: the curves are empty
    void show(const FramePtr& frame, const SocketKey& key);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Sample {
        MonotonicTime at{};
        QString label;
        std::array<std::vector<std::uint32_t>, kCurves> values; ///< empty: not known of it
    };

    static Sample sampleOf(const Frame& frame, const Row& row);
    std::vector<ChartPoint> pointsOf(std::size_t curve) const;
    void draw();
    void place();

    SocketKey m_key;
    std::deque<Sample> m_samples;
    std::array<ChartPanel*, kCurves> m_panels{};
    QGridLayout* m_grid;
    int m_columns = 0;
};

} // namespace halfopen
