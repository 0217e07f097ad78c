// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace halfopen {

/// The filter field and the quick buttons with their counts.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    QString filter() const;
    void setFilter(const QString& words);
    QuickFilter quick() const { return m_quick; }
    void setQuick(QuickFilter quick);
    /// Nothing typed and "All" chosen, so that everything is shown.
    void clear();
    bool isClear() const { return filter().isEmpty() && m_quick == QuickFilter::All; }
    void focusFilter(); ///< with the text selected

    /// Puts a widget right of the field; takes it over.
    void setCorner(QWidget* corner);
    void showCounts(const std::array<std::uint32_t, kQuickFilterCount>& counts);

Q_SIGNALS:
    void changed(); ///< filter() or quick(); typing is gathered for a moment

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setUpField();
    QWidget* newButtons();
    QToolButton* newButton(QuickFilter quick);

    QHBoxLayout* m_top = nullptr;
    QLineEdit* m_field = nullptr;
    std::array<QToolButton*, kQuickFilterCount> m_buttons{};
    QTimer m_typing;
    QuickFilter m_quick = QuickFilter::All;
};

} // namespace halfopen
