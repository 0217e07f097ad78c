// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_error.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace halfopen {

class ChipRow;
class FieldMessage;
class FilterCompleter;
class FilterMenu;

/// The filter field, how many connections it lets through, what is wrong with it, and a chip for each diagnosis. While
/// what is typed is no filter, the last one that was stays in force.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    ~FilterBar() override;

    QString filter() const; ///< the one in force: what is typed, among those that are listed
    QString typed() const { return m_inForce; }
    void setFilter(const QString& words); ///< as if typed; nothing is listed any more
    /// Certain connections and no others, under a name instead of their cookies, until a person takes it away.
    void list(const QString& filter, const QString& name);
    /// As halves of what is shown already: with `and` between them.
    void addCondition(const QString& condition);
    std::uint16_t diagnoses() const; ///< bits 1 << Diagnosis; 0: all
    void setDiagnoses(std::uint16_t diagnoses);
    void showOnly(Diagnosis diagnosis);
    /// Writes both, and what the words of the screen mean.
    void applyTo(Query& query) const;
    /// Nothing typed and all chosen, so that everything is shown.
    void clear();
    bool isClear() const { return filter().isEmpty() && diagnoses() == 0; }
    void focusFilter(); ///< with the text selected
    /// As if typed into the field, which has the keys then. "/" only gives them to it.
    void type(const QString& text);

    /// Puts a widget right of the field; takes it over.
    void setCorner(QWidget* corner);
    void showCounts(const FramePtr& frame);

Q_SIGNALS:
    void changed(); ///< filter() or diagnoses(); typing is gathered for a moment
    void left();    ///< by the keys, down to what is shown

private:
    void setUpField();
    void setUpListed();
    void setTyped(const QString& words);
    void setListed(const QString& filter, const QString& name);
    void read();
    void escape();
    void resolve(const std::string& host);
    void showHints(const Frame& frame);

    QHBoxLayout* m_top = nullptr;
    QWidget* m_lastInTop = nullptr; ///< in the order of the keys
    QLineEdit* m_field = nullptr;
    FilterCompleter* m_completer = nullptr;
    FilterMenu* m_menu = nullptr;
    QLabel* m_count = nullptr;
    FieldMessage* m_problem = nullptr;
    ChipRow* m_chips;
    QTimer m_typing;
    QToolButton* m_listed = nullptr; ///< seen while something is listed
    QString m_listedFilter;
    QString m_inForce;                  ///< of what is typed
    std::optional<FilterError> m_error; ///< of what is typed
    std::shared_ptr<const FilterNames> m_names;
};

} // namespace halfopen
