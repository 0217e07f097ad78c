// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/fact.h"

#include <QElapsedTimer>
#include <QScrollArea>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace halfopen {

/// Groups of facts side by side in as many columns as there is room for. Labels are kept from one frame to the next and
/// only their texts change, so that nothing flickers and a selected text stays selected while it is the same.
class FactPanel final : public QScrollArea {
    Q_OBJECT

public:
    /// Sentences take the whole width and wrap; numbers are set in columns.
    enum class Shape : std::uint8_t { Sentences, Numbers };

    /// @param columnCharacters  least width of a column, in average characters; 0: there is one
    FactPanel(Shape shape, int columnCharacters, QWidget* parent = nullptr);

    /// Does nothing where nothing differs. What a screen reader hears of it follows at most once a second.
    void show(const FactGroups& groups);

Q_SIGNALS:
    void asked(halfopen::Verb verb); ///< the button of a fact was pressed

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Line {
        QLabel* name;
        QLabel* value;
        QLabel* note;
        QToolButton* button;
    };

    int fittingColumns() const;
    bool sameShape(const FactGroups& groups) const;
    void rebuild();
    QWidget* newGroup(const FactGroup& group);
    Line newLine(QGridLayout& grid, int row);
    void fill();
    static void fill(const Line& line, const Fact& fact);
    void speak();
    Verb verbAt(std::size_t line) const;
    QLabel* newLabel(bool selectable);

    int lineHeight() const;
    void alignNames(const QWidget& page) const;

    Shape m_shape;
    int m_columnCharacters;
    FactGroups m_groups;
    std::vector<Line> m_lines;
    QElapsedTimer m_spoken; ///< since the names for screen readers were written
    int m_columns = 0;
};

} // namespace halfopen
