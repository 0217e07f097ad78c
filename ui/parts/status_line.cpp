// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/status_line.h"

#include "ui/look/duration_text.h"
#include "ui/look/grade_strings.h"
#include "ui/look/lock_icon.h"
#include "ui/look/permission.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/look/translated.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

std::uint32_t countOf(const Frame& frame, QuickFilter quick) {
    return frame.quickCounts[static_cast<std::size_t>(quick)];
}

QString notesOf(const Frame& frame) {
    QStringList notes;
    for (const auto& note : frame.notes)
        notes.append(translated(note));
    return notes.join(QLatin1Char(' '));
}

std::uint64_t givenUp(const Activity& activity) {
    std::uint64_t count = 0;
    for (std::size_t ending = 0; ending < kEndingCount; ++ending)
        count += isGivenUp(static_cast<Ending>(ending)) ? activity.total.endings[ending] : 0;
    return count;
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
    , m_trial(new QToolButton)
    , m_read(new QToolButton)
    , m_notes(new QLabel)
    , m_sampled(new QLabel) {
    m_counts->setObjectName(QStringLiteral("counts"));
    m_dead->setObjectName(QStringLiteral("dead"));
    m_forecasts->setObjectName(QStringLiteral("forecasts"));
    m_trial->setObjectName(QStringLiteral("trial"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 10, 3);
    layout->setSpacing(24);
    layout->addWidget(m_counts);
    layout->addWidget(m_dead);
    layout->addWidget(m_forecasts);
    layout->addWidget(m_trial);
    layout->addWidget(m_notes, 1);
    layout->addWidget(m_read);
    layout->addWidget(m_sampled);
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_notes->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_forecasts->setMinimumWidth(1); // it does not widen a small window
    m_dead->setAutoRaise(true);
    m_dead->setToolTip(
        tr("The kernel has ended these connections, but their programs still hold them and may not know"));
    m_dead->hide();
    connect(m_dead, &QToolButton::clicked, this, &StatusLine::deadRequested);
    m_trial->hide();
    connect(m_trial, &QToolButton::clicked, this, &StatusLine::trialRequested);
    m_read->setText(tr("Read Exactly..."));
    m_read->setIcon(lockIcon(palette().color(QPalette::ButtonText)));
    m_read->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_read->setToolTip(
        tr("Reads options and processes of the sockets that this user may not look into. You are asked once."));
    m_read->hide();
    connect(m_read, &QToolButton::clicked, this, &StatusLine::readRequested);
    for (auto* button : {m_dead, m_trial, m_read}) {
        button->setFocusPolicy(Qt::TabFocus);
        button->setMinimumHeight(kTarget);
    }
    connect(&m_timer, &QTimer::timeout, this, &StatusLine::showAge);
}

void StatusLine::showFrame(const FramePtr& frame) {
    m_frame = frame;
    const auto count = [&](QuickFilter filter) { return QLocale().toString(countOf(*frame, filter)); };
    m_counts->setText(frame->isUnmet() ? QString()
                                       : tr("%n connection(s), %1 guarded, %2 unguarded, %3 suspect", nullptr,
                                            static_cast<int>(countOf(*frame, QuickFilter::All)))
                                             .arg(count(QuickFilter::Guarded), count(QuickFilter::Unguarded),
                                                  count(QuickFilter::Suspect)));
    m_counts->setToolTip(frame->activity && frame->live ? sinceTheStart(*frame->activity) : QString());
    m_dead->setText(tr("%n dead, still open", nullptr, static_cast<int>(frame->dead.size())));
    m_dead->setVisible(!frame->dead.empty());
    const auto forecasts = totalsText(frame->forecasts);
    m_forecasts->setText(forecasts);
    m_forecasts->setToolTip(totalsExplained(frame->forecasts));
    showNotes();
    const auto isUnread = [&](const Row& row) { return frame->isInView(row) && frame->canBeReadExactly(row); };
    m_sampled->setToolTip(frame->sampleOf(frame->inViewIndex).exact
                              ? tr("Every socket is read exactly, from the kernel's own structures (BPF)")
                              : QString());
    // A note says so of the frame; only then its rows are looked at.
    m_read->setVisible(!frame->notes.empty() && std::ranges::any_of(frame->rows, isUnread));
    showAge();
    showForecasts();
    m_timer.start(1s);
}

/// Where there is no room for all of them, they are not cut: they are left out.
void StatusLine::showForecasts() {
    int room = width() - layout()->contentsMargins().left() - layout()->contentsMargins().right();
    for (const QWidget* one :
         {static_cast<QWidget*>(m_counts), static_cast<QWidget*>(m_dead), static_cast<QWidget*>(m_trial),
          static_cast<QWidget*>(m_read), static_cast<QWidget*>(m_sampled), static_cast<QWidget*>(m_forecasts)})
        if (one == m_forecasts || !one->isHidden())
            room -= one->sizeHint().width() + layout()->spacing();
    m_forecasts->setVisible(!m_forecasts->text().isEmpty() && room >= 0);
}

void StatusLine::showNotes() {
    const auto notes = notesOf(*m_frame);
    m_notes->setText(m_notes->fontMetrics().elidedText(notes, Qt::ElideRight, m_notes->width()));
    m_notes->setToolTip(notes);
    if (m_notes->accessibleName() != notes)
        m_notes->setAccessibleName(notes);
}

void StatusLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!m_frame)
        return;
    showForecasts();
    showNotes();
}

void StatusLine::sayTrial(const QString& sentence) {
    if (m_trial->text() != sentence)
        m_trial->setText(sentence);
    m_trial->setVisible(!sentence.isEmpty());
}

QString StatusLine::sinceTheStart(const Activity& activity) {
    return tr("Since Halfopen began to look: %1 opened, %2 ended, %3 of them given up by the kernel")
        .arg(activity.total.appeared)
        .arg(activity.total.vanished)
        .arg(givenUp(activity));
}

void StatusLine::showAge() {
    if (m_frame->isUnmet())
        return m_sampled->clear();
    const auto age = std::chrono::floor<std::chrono::seconds>(m_frame->present(MonotonicClock::now()) - m_frame->taken);
    setTextIfNew(*m_sampled, m_frame->live
                                 ? tr("sampled %1 ago in %2 ms").arg(durationText(age), costText(m_frame->cost))
                                 : tr("a recording, read in %1 ms").arg(costText(m_frame->cost)));
}

} // namespace halfopen
