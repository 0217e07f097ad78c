// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/source_banner.h"

#include "ui/look/stale_text.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/parts/notice_bar.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

namespace {

constexpr int kWidestBadge = 160; ///< pixels

QLabel* newBadge() {
    auto* badge = new QLabel;
    auto font = badge->font();
    font.setBold(true);
    badge->setFont(font);
    badge->setMargin(3);
    badge->setAutoFillBackground(true);
    badge->setBackgroundRole(QPalette::Highlight);
    badge->setForegroundRole(QPalette::HighlightedText);
    badge->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return badge;
}

} // namespace

SourceBanner::SourceBanner(bool laboratory, bool canReturn, QWidget* parent)
    : QWidget(parent)
    , m_laboratory(laboratory)
    , m_canReturn(canReturn)
    , m_badge(newBadge())
    , m_source(new NoticeBar)
    , m_opening(new NoticeBar) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_source);
    layout->addWidget(m_opening);
    m_source->setObjectName(QStringLiteral("source"));
    m_opening->setObjectName(QStringLiteral("opening"));
    m_opening->setAction(tr("Cancel"));
    connect(m_opening, &NoticeBar::triggered, this, &SourceBanner::openingCancelled);
    connect(m_source, &NoticeBar::triggered, this, &SourceBanner::onSourceTriggered);
    showSource({});
}

QString SourceBanner::returnText() const {
    return m_canReturn ? tr("Back to This Machine") : QString();
}

void SourceBanner::showSource(const ShownSource& source) {
    m_shown = source;
    const bool recording = !source.recording.isEmpty();
    const bool host = !source.host.isEmpty();
    m_badge->setText(recording      ? tr("Recording")
                     : host         ? m_badge->fontMetrics().elidedText(source.host, Qt::ElideMiddle, kWidestBadge)
                     : m_laboratory ? tr("Laboratory")
                                    : QString());
    m_badge->setToolTip(source.host);
    m_badge->setVisible(!m_badge->text().isEmpty());
    if (host)
        return sayHost(Line::Asking, tr("%1 is being asked, by ssh.").arg(source.host));
    m_source->setAction(recording ? returnText() : m_laboratory ? tr("Got It") : QString());
    const QFileInfo info(source.recording);
    if (recording)
        m_source->say(tr("The recording %1, written %2: its times stand still, and nothing in it can be changed.")
                          .arg(info.fileName(), QLocale().toString(info.lastModified(), QLocale::ShortFormat)));
    else
        m_source->say(m_laboratory
                          ? tr("This is the laboratory: a network of its own with a connection in every state. Nothing "
                               "you do here reaches this machine's connections.")
                          : QString());
}

SourceBanner::Line SourceBanner::lineOf(const Frame& frame) {
    if (frame.isUnmet())
        return frame.error ? Line::Failed : Line::Asking;
    return frame.error ? Line::Lost : Line::There;
}

QString SourceBanner::hostSentence(const Frame& frame) const {
    switch (lineOf(frame)) {
    case Line::Asking:
        return tr("%1 is being asked, by ssh.").arg(m_shown.host);
    case Line::Failed:
        return translated(frame.error->sentence);
    case Line::Lost:
        return staleText(frame);
    case Line::There:
        break;
    }
    const HostContext& host = *frame.inView().host;
    return tr("The connections of %1 (%2, Linux %3), by ssh. Nothing is changed there.")
        .arg(m_shown.host, fromCore(host.name), fromCore(host.kernel));
}

/// That a line is lost, or there again, is news.
void SourceBanner::sayHost(Line line, const QString& sentence) {
    if (std::exchange(m_line, line) != line)
        m_source->say({});
    m_source->setAction(canAskAgain() ? tr("Try Again") : returnText());
    m_source->say(sentence);
}

void SourceBanner::showFrame(const Frame& frame) {
    if (!m_shown.host.isEmpty())
        sayHost(lineOf(frame), hostSentence(frame));
}

QString SourceBanner::title() const {
    if (!m_shown.recording.isEmpty())
        return tr("%1 - Halfopen").arg(QFileInfo(m_shown.recording).fileName());
    if (!m_shown.host.isEmpty())
        return tr("%1 - Halfopen").arg(m_shown.host);
    return m_laboratory ? tr("Laboratory - Halfopen") : tr("Halfopen");
}

/// A lost line is tried again by itself, but without asking a person, who may be needed.
bool SourceBanner::canAskAgain() const {
    return m_line == Line::Failed || m_line == Line::Lost;
}

void SourceBanner::onSourceTriggered() {
    if (!m_shown.host.isEmpty() && canAskAgain())
        Q_EMIT againRequested();
    else if ((!m_shown.recording.isEmpty() || !m_shown.host.isEmpty()) && m_canReturn)
        Q_EMIT machineRequested();
    else
        m_source->say({});
}

void SourceBanner::showOpening(const QString& file, quint64 read, quint64 of) {
    const auto name = QFileInfo(file).fileName();
    const auto size = [](quint64 bytes) { return QLocale().formattedDataSize(static_cast<qint64>(bytes)); };
    m_opening->say(of == 0 ? tr("Opening %1: %2 read so far.").arg(name, size(read))
                           : tr("Opening %1: %2 of %3 read.").arg(name, size(read), size(of)));
}

void SourceBanner::hideOpening() {
    m_opening->say({});
}

} // namespace halfopen
