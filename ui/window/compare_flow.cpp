// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compare_flow.h"

#include "ui/comparison/comparison_window.h"
#include "ui/look/translated.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include <utility>

namespace halfopen {

namespace {

/// The same filter; a recording has neither groups nor the namespaces of this machine.
Query queryFor(const Query& shown) {
    Query query;
    query.filter = shown.filter;
    query.names = shown.names;
    query.quick = shown.quick;
    query.diagnoses = shown.diagnoses;
    return query;
}

} // namespace

CompareFlow::CompareFlow(const WindowServices& services, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_window(window)
    , m_compare(new QAction(tr("Co&mpare With a Recording..."), this)) {
    m_compare->setObjectName(QStringLiteral("compare"));
    connect(m_compare, &QAction::triggered, this, &CompareFlow::ask);
    show(nullptr);
}

void CompareFlow::addTo(QMenuBar& bar) {
    auto* file = bar.actions().constFirst()->menu();
    auto* before = file->actions().constLast(); // Quit, behind its line
    file->insertAction(before, m_compare);
    file->insertSeparator(before);
}

void CompareFlow::show(const FramePtr& frame) {
    m_frame = frame;
    m_compare->setEnabled(frame && m_services.readRecording);
}

void CompareFlow::ask() {
    auto* dialog = new QFileDialog(m_window, tr("Compare With a Recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CompareFlow::compareWith);
    dialog->open();
}

void CompareFlow::compareWith(const QString& file) {
    if (!m_frame || !m_services.readRecording)
        return;
    m_services.run([this, file, now = m_frame, read = m_services.readRecording]() -> std::function<void()> {
        const auto before = read(file, queryFor(now->query));
        if (!before)
            return [this, sentence = translated(before.error().sentence)] { Q_EMIT failed(sentence); };
        return
            [this, file, frames = ComparedFrames{*before, now, compareFrames(**before, *now)}] { tell(file, frames); };
    });
}

void CompareFlow::tell(const QString& file, const ComparedFrames& frames) {
    const auto nameOf = [](const QString& source) {
        return source.isEmpty() ? tr("this machine") : QFileInfo(source).fileName();
    };
    auto* window = new ComparisonWindow({nameOf(file), nameOf(m_source)}, frames, m_window);
    window->show();
}

} // namespace halfopen
