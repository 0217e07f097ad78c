// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/filter_completer.h"

#include "core/query/filter_completion.h"
#include "ui/look/text.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QStandardItemModel>

#include <utility>

namespace halfopen {

namespace {

constexpr int kText = Qt::UserRole; ///< what is put into the filter

} // namespace

FilterCompleter::FilterCompleter(QLineEdit* field, Names names)
    : QObject(field)
    , m_field(field)
    , m_names(std::move(names))
    , m_model(new QStandardItemModel(this))
    , m_list(new QCompleter(m_model, this)) {
    m_list->setWidget(field);
    m_list->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_list->setMaxVisibleItems(12);
    m_list->popup()->setObjectName(QStringLiteral("filterCompletions"));
    m_list->popup()->setAccessibleName(tr("What may be typed here"));
    m_list->popup()->installEventFilter(this);
    connect(field, &QLineEdit::textEdited, this, &FilterCompleter::offer);
    connect(m_list, qOverload<const QModelIndex&>(&QCompleter::activated), this, &FilterCompleter::take);
}

void FilterCompleter::offer() {
    m_model->clear();
    if (!m_frame)
        return;
    const QString text = m_field->text();
    const auto caret = static_cast<std::size_t>(text.left(m_field->cursorPosition()).toUtf8().size());
    const Completions found = completionsFor(text.toStdString(), caret, *m_frame, *m_names());
    m_from = found.from;
    m_to = found.to;
    for (const Completion& one : found.all) {
        const QString shown = fromCore(one.text);
        const QString named = one.note.empty() ? shown : tr("%1   %2").arg(shown, fromCore(one.note));
        auto* item = new QStandardItem(one.count ? tr("%1   %2", "a value of a filter, how many connections have it")
                                                       .arg(named, m_field->locale().toString(*one.count))
                                                 : named);
        item->setData(shown, kText);
        m_model->appendRow(item);
    }
    if (found.all.empty())
        m_list->popup()->hide();
    else
        m_list->complete();
}

void FilterCompleter::take(const QModelIndex& index) {
    const QByteArray text = m_field->text().toUtf8();
    const auto from = static_cast<qsizetype>(m_from);
    const QString before = QString::fromUtf8(text.left(from)) + index.data(kText).toString();
    m_field->setText(before + QString::fromUtf8(text.mid(static_cast<qsizetype>(m_to))));
    m_field->setCursorPosition(static_cast<int>(before.size()));
}

bool FilterCompleter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab) {
        const QModelIndex chosen = m_list->popup()->currentIndex();
        take(chosen.isValid() ? chosen : m_list->completionModel()->index(0, 0));
        m_list->popup()->hide();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace halfopen
