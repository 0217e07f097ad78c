// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_flow.h"

#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/parts/save_file.h"

#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace halfopen {

namespace {

QString formatName(FrameFormat format) {
    switch (format) {
    case FrameFormat::Text:
        return ExportFlow::tr("Text");
    case FrameFormat::Csv:
        return ExportFlow::tr("CSV");
    case FrameFormat::Json:
        return ExportFlow::tr("JSON");
    case FrameFormat::Html:
        return ExportFlow::tr("HTML");
    case FrameFormat::Command:
        break;
    }
    return ExportFlow::tr("Command of ss");
}

QString nameFilter(FrameFormat format) {
    return QStringLiteral("%1 (*.%2)").arg(formatName(format), fromCore(suffixOf(format)));
}

/// What the name of the file says, else what was chosen beside it.
FrameFormat formatOf(const QString& file, const std::vector<FrameFormat>& formats, FrameFormat chosen) {
    const auto suffix = QFileInfo(file).suffix().toLower();
    const auto named =
        std::ranges::find_if(formats, [&](FrameFormat one) { return fromCore(suffixOf(one)) == suffix; });
    return named == formats.end() ? chosen : *named;
}

/// Without the suffix, which goes with the format.
QString suggestedName() {
    return QStringLiteral("halfopen-") + QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss"));
}

} // namespace

ExportFlow::ExportFlow(const WindowServices& services, std::function<Page&()> current, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_current(std::move(current))
    , m_window(window)
    , m_shown(new QAction(tr("&Export What Is Shown..."), this))
    , m_all(new QAction(tr("Export E&verything..."), this))
    , m_recording(new QAction(tr("&Save Recording..."), this))
    , m_copyAs(new QMenu(tr("Copy A&s"), window)) {
    m_shown->setObjectName(QStringLiteral("exportShown"));
    m_all->setObjectName(QStringLiteral("exportAll"));
    m_recording->setObjectName(QStringLiteral("saveRecording"));
    m_copyAs->setObjectName(QStringLiteral("copyAs"));
    m_shown->setShortcut(Qt::CTRL | Qt::Key_E);
    m_recording->setShortcut(QKeySequence::Save);
    connect(m_shown, &QAction::triggered, this, [this] { ask(Page::Scope::Shown); });
    connect(m_all, &QAction::triggered, this, [this] { ask(Page::Scope::All); });
    connect(m_recording, &QAction::triggered, this, &ExportFlow::askForRecording);
    connect(m_copyAs, &QMenu::aboutToShow, this, &ExportFlow::fillCopyAs);
    showAbilities(nullptr);
}

void ExportFlow::addTo(QMenuBar& bar) {
    auto* file = bar.actions()[0]->menu();
    auto* before = file->actions().constLast(); // Quit, behind its line
    file->insertActions(before, {m_shown, m_all, m_recording});
    file->insertSeparator(before);
    auto* edit = bar.actions()[1]->menu();
    edit->insertMenu(edit->actions()[1], m_copyAs);
}

void ExportFlow::showAbilities(const FramePtr& frame) {
    m_frame = frame;
    const bool any = frame && m_current().abilities().table;
    m_shown->setEnabled(any);
    m_all->setEnabled(any);
    m_copyAs->menuAction()->setEnabled(any);
    m_recording->setEnabled(frame && frame->live && !frame->isUnmet() && m_services.record);
}

void ExportFlow::ask(Page::Scope scope) {
    const auto formats = m_current().exportable(scope).formats;
    if (formats.empty()) {
        Q_EMIT said(tr("There is nothing to export."));
        return;
    }
    QStringList filters;
    for (const FrameFormat format : formats)
        filters.append(nameFilter(format));
    auto* dialog = new QFileDialog(m_window, tr("Export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName());
    dialog->setNameFilters(filters);
    const auto suffix = [dialog, formats, filters](const QString& filter) {
        if (const auto index = filters.indexOf(filter); index >= 0)
            dialog->setDefaultSuffix(fromCore(suffixOf(formats[static_cast<std::size_t>(index)])));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog, suffix);
    dialog->selectNameFilter(filters[std::min<qsizetype>(1, filters.size() - 1)]);
    suffix(dialog->selectedNameFilter());
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, formats, filters, scope](const QString& file) {
        const auto index = filters.indexOf(dialog->selectedNameFilter()); // of the dialog of the desktop: perhaps -1
        const auto chosen = formats[static_cast<std::size_t>(std::max<qsizetype>(0, index))];
        exportTo(file, scope, formatOf(file, formats, chosen));
    });
    dialog->open();
}

void ExportFlow::exportTo(const QString& file, Page::Scope scope, FrameFormat format) {
    m_services.run([this, file, what = m_current().exportable(scope), format]() -> std::function<void()> {
        const auto write = [&](const Output& output) { return what.write(format, output); };
        return [this, sentence = saveFile(file, write)] { Q_EMIT said(sentence); };
    });
}

void ExportFlow::askForRecording() {
    auto* dialog = new QFileDialog(m_window, tr("Save Recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName());
    connect(dialog, &QFileDialog::fileSelected, this, &ExportFlow::recordTo);
    dialog->open();
}

void ExportFlow::recordTo(const QString& file) {
    if (!m_frame || !m_services.record)
        return;
    m_services.run([this, file, write = m_services.record(file, m_frame)]() -> std::function<void()> {
        const auto recorded = write();
        QString sentence = recorded
                               ? tr("%n socket(s) saved: %1.", nullptr, static_cast<int>(recorded->sockets)).arg(file)
                               : translated(recorded.error().sentence);
        if (recorded)
            for (const Sentence& leftOut : recorded->leftOut)
                sentence = inOneLine(sentence, translated(leftOut));
        return [this, sentence] { Q_EMIT said(sentence); };
    });
}

void ExportFlow::fillCopyAs() {
    m_copyAs->clear();
    for (const FrameFormat format : m_current().exportable(Page::Scope::Chosen).formats)
        m_copyAs->addAction(formatName(format), this, [this, format] { copy(format); });
    if (m_copyAs->isEmpty())
        m_copyAs->addAction(tr("Nothing is chosen"))->setEnabled(false);
}

void ExportFlow::copy(FrameFormat format) {
    m_services.run([what = m_current().exportable(Page::Scope::Chosen), format]() -> std::function<void()> {
        auto text = std::make_shared<std::string>();
        if (what.write)
            what.write(format, [&](std::string_view piece) {
                *text += piece;
                return true;
            });
        return [text, format] {
            auto data = std::make_unique<QMimeData>();
            data->setText(QString::fromStdString(*text));
            if (format == FrameFormat::Html)
                data->setHtml(data->text());
            QGuiApplication::clipboard()->setMimeData(data.release());
        };
    });
}

} // namespace halfopen
