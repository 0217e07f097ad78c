// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QComboBox>
#include <QString>

#include <cstdint>
#include <vector>

namespace halfopen {

/// Which network namespace is in view: this one, another one, or all. Hidden while there is nothing to choose. Nothing
/// of it is remembered: namespaces come and go.
class NetnsSelector final : public QComboBox {
    Q_OBJECT

public:
    explicit NetnsSelector(QWidget* parent = nullptr);

    /// Follows what there is. Where the chosen one is gone, the own one is chosen, and chosenChanged() says so.
    void showFrame(const Frame& frame);
    std::uint32_t chosen() const { return m_chosen; } ///< as Query::netns; 0 to begin with
    void choose(std::uint32_t number);

Q_SIGNALS:
    void chosenChanged();

private:
    struct Item {
        std::uint32_t number = 0;
        QString text;
        QString tip;

        bool operator==(const Item&) const = default;
    };
    static std::vector<Item> itemsOf(const Frame& frame, std::uint32_t chosen);
    void fill();

    std::vector<Item> m_items;
    std::uint32_t m_chosen = 0;
};

} // namespace halfopen
