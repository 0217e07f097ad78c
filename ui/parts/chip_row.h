// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

class QLayout;
class QToolButton;

namespace halfopen {

/// Kinds with their counts, each a button: several can be chosen at once, the right button leaves one out, and the
/// first one chooses all of them again. They take as many lines as the window is narrow.
class ChipRow final : public QWidget {
    Q_OBJECT

public:
    /// One kind.
    struct Chip {
        unsigned bit;       ///< 1 << bit stands for it
        QString objectName; ///< of its button
    };

    /// @param all  object name of the button that chooses all
    ChipRow(const QString& all, std::vector<Chip> chips, QWidget* parent = nullptr);

    std::uint32_t chosen() const { return m_chosen; } ///< bits; 0: all
    void setChosen(std::uint32_t bits);               ///< every bit there is: all
    bool isChosen(unsigned bit) const { return m_chosen == 0 || (m_chosen >> bit & 1U) != 0; }

    void nameAll(const QString& label, std::uint64_t count);
    void name(unsigned bit, const QString& label, std::uint64_t count);
    /// @param matching  of `count`, which are what is chosen elsewhere; both are written where they differ
    void name(unsigned bit, const QString& label, std::uint64_t matching, std::uint64_t count);
    void addWidget(QWidget* widget); ///< at the end

Q_SIGNALS:
    void changed(); ///< chosen()

private:
    QToolButton* newChip(const QString& name);
    QToolButton* chip(unsigned bit) const;
    void showChosen();
    static void setText(QToolButton& chip, const QString& label, const QString& count);

    QLayout* m_layout;
    QToolButton* m_all;
    std::vector<Chip> m_kinds;
    std::vector<QToolButton*> m_chips; ///< of m_kinds
    std::uint32_t m_every = 0;
    std::uint32_t m_chosen = 0;
};

} // namespace halfopen
