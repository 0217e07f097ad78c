// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/sampling_controls.h"

#include "ui/look/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::chrono::milliseconds, 6> kIntervals{250ms, 500ms, 1000ms, 2000ms, 5000ms, 10000ms};

} // namespace

SamplingControls::SamplingControls(QAction* pause, QWidget* parent)
    : QWidget(parent)
    , m_interval(new QComboBox) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* button = new QToolButton;
    button->setDefaultAction(pause);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    m_interval->setMinimumHeight(kTarget);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    layout->addWidget(button);
    layout->addWidget(m_interval);
    for (const auto interval : kIntervals)
        m_interval->addItem(interval < 1s ? tr("%1 ms").arg(interval.count()) : tr("%1 s").arg(interval / 1s));
    m_interval->setAccessibleName(tr("Interval"));
    m_interval->setToolTip(tr("How often the kernel is asked"));
    setInterval(1s);
    m_interval->setObjectName(QStringLiteral("interval"));
    connect(m_interval, &QComboBox::activated, this, &SamplingControls::intervalChanged);
}

std::chrono::milliseconds SamplingControls::interval() const {
    return kIntervals[static_cast<std::size_t>(m_interval->currentIndex())];
}

void SamplingControls::setIntervalEnabled(bool enabled) {
    m_interval->setEnabled(enabled);
}

void SamplingControls::setInterval(std::chrono::milliseconds interval) {
    int nearest = 0;
    for (int i = 0; i < static_cast<int>(kIntervals.size()); ++i) {
        if (kIntervals[static_cast<std::size_t>(i)] <= interval)
            nearest = i;
    }
    m_interval->setCurrentIndex(nearest);
}

} // namespace halfopen
