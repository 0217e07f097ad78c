// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

class QAction;
class QComboBox;

namespace halfopen {

/// The pause button and the choice of the interval.
class SamplingControls final : public QWidget {
    Q_OBJECT

public:
    /// @param pause  the checkable action that the button shows
    explicit SamplingControls(QAction* pause, QWidget* parent = nullptr);

    std::chrono::milliseconds interval() const;
    /// Takes the nearest one that is offered.
    void setInterval(std::chrono::milliseconds interval);

    void setIntervalEnabled(bool enabled); ///< false: nothing is sampled

Q_SIGNALS:
    void intervalChanged();

private:
    QComboBox* m_interval;
};

} // namespace halfopen
