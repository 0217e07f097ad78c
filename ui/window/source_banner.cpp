// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/source_banner.h"

#include "ui/parts/notice_bar.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace halfopen {

namespace {

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

void SourceBanner::showSource(const QString& file) {
    m_file = file;
    const QFileInfo info(file);
    const bool recording = !file.isEmpty();
    m_badge->setText(recording ? tr("Recording") : m_laboratory ? tr("Laboratory") : QString());
    m_badge->setVisible(!m_badge->text().isEmpty());
    m_source->setAction(recording && m_canReturn ? tr("Back to This Machine")
                        : m_laboratory           ? tr("Got It")
                                                 : QString());
    if (recording)
        m_source->say(tr("The recording %1, written %2: its times stand still, and nothing in it can be changed.")
                          .arg(info.fileName(), QLocale().toString(info.lastModified(), QLocale::ShortFormat)));
    else
        m_source->say(m_laboratory
                          ? tr("This is the laboratory: a network of its own with a connection in every state. Nothing "
                               "you do here reaches this machine's connections.")
                          : QString());
}

QString SourceBanner::title() const {
    if (!m_file.isEmpty())
        return tr("%1 - Halfopen").arg(QFileInfo(m_file).fileName());
    return m_laboratory ? tr("Laboratory - Halfopen") : tr("Halfopen");
}

void SourceBanner::onSourceTriggered() {
    if (!m_file.isEmpty() && m_canReturn)
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
