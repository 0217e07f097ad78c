// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace halfopen::test {

/// A heading of a manual page (scdoc) or of a Markdown text, and what stands below it up to the next one.
struct Section {
    int level = 0; ///< 1 for "#"; 0 for what stands before the first heading
    QString heading;
    QStringList lines;
};

std::vector<Section> sectionsOf(const QString& text);

/// What a section says in every language: kind of fact ("options", "numbers", ...) to its facts. Sorted and each once,
/// but for code, the terms of a list and the rows of a table, which have an order.
using Facts = QMap<QString, QStringList>;

Facts factsOfManual(const Section& section);
Facts factsOfMarkdown(const Section& section);

/// The words of a text that scdoc makes bold or underlined, without their marks.
QStringList markedWords(const QString& text);

} // namespace halfopen::test
