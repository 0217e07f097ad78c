// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/text.h"

#include "core/text/foreign_text.h"

#include <QLabel>
#include <QRegularExpression>

namespace halfopen {

QString fromCore(std::string_view text) {
    const std::string shown = harmlessLines(text);
    return QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
}

QString withoutMnemonic(QString text) {
    static const QRegularExpression kInBrackets(QStringLiteral("\\(&.\\)"));
    return text.remove(kInBrackets).remove(QLatin1Char('&'));
}

void setTextIfNew(QLabel& label, const QString& text) {
    if (label.text() != text)
        label.setText(text);
}

QString withoutTenths(QString text) {
    static const QRegularExpression kTenths(QStringLiteral("(?<=[0-9])[.,][0-9](?= ?(s|秒))"));
    return text.remove(kTenths);
}

void setRunningText(QLabel& label, const QString& text) {
    if (const QString spoken = withoutTenths(text); label.accessibleName() != spoken)
        label.setAccessibleName(spoken);
    setTextIfNew(label, text);
}

QLabel* newText() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace halfopen
