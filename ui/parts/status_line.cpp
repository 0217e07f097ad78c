// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/status_line.h"

#include "ui/look/core_sentences.h"
#include "ui/look/duration_text.h"
#include "ui/look/grade_strings.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

std::uint32_t countOf(const Frame& frame, QuickFilter quick) {
    return frame.quickCounts[static_cast<std::size_t>(quick)];
}

QString notesOf(const Frame& frame) {
    QStringList notes;
    for (const auto& note : frame.notes)
        notes.append(coreSentence(note));
    return notes.join(QLatin1Char(' '));
}

QString costText(std::chrono::microseconds cost) {
    return QString::number(static_cast<double>(cost.count()) / 1000.0, 'f', 1);
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
    , m_counts(new QLabel)
    , m_dead(new QToolButton)
    , m_forecasts(new QLabel)
    , m_notes(new QLabel)
    , m_sampled(new QLabel) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 10, 3);
    layout->setSpacing(24);
    layout->addWidget(m_counts);
    layout->addWidget(m_dead);
    layout->addWidget(m_forecasts);
    layout->addWidget(m_notes, 1);
    layout->addWidget(m_sampled);
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_notes->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_dead->setAutoRaise(true);
    m_dead->setToolTip(
        tr("The kernel has ended these connections, but their programs still hold them and may not know"));
    m_dead->hide();
    connect(m_dead, &QToolButton::clicked, this, &StatusLine::deadRequested);
    m_counts->setAccessibleName(tr("Counts"));
    connect(&m_timer, &QTimer::timeout, this, &StatusLine::showAge);
}

void StatusLine::showFrame(const FramePtr& frame) {
    m_frame = frame;
    m_counts->setText(tr("%n connection(s), %1 guarded, %2 unguarded, %3 suspect", nullptr,
                         static_cast<int>(countOf(*frame, QuickFilter::All)))
                          .arg(countOf(*frame, QuickFilter::Guarded))
                          .arg(countOf(*frame, QuickFilter::Unguarded))
                          .arg(countOf(*frame, QuickFilter::Suspect)));
    m_dead->setText(tr("%n dead but held", nullptr, static_cast<int>(frame->dead.size())));
    m_dead->setVisible(!frame->dead.empty());
    const auto forecasts = totalsText(frame->forecasts);
    m_forecasts->setText(forecasts);
    m_forecasts->setToolTip(totalsExplained(frame->forecasts));
    m_forecasts->setVisible(!forecasts.isEmpty());
    const auto notes = notesOf(*frame);
    m_notes->setText(notes);
    m_notes->setToolTip(notes);
    showAge();
    m_timer.start(1s);
}

void StatusLine::showAge() {
    if (!m_frame->live)
        m_sampled->setText(tr("a recording, read in %1 ms").arg(costText(m_frame->cost)));
    else
        m_sampled->setText(tr("sampled %1 ago in %2 ms")
                               .arg(spokenDuration(MonotonicClock::now() - m_frame->taken), costText(m_frame->cost)));
}

QString StatusLine::countsText() const {
    return m_counts->text();
}

QString StatusLine::forecastsText() const {
    return m_forecasts->text();
}

QString StatusLine::sampledText() const {
    return m_sampled->text();
}

} // namespace halfopen
