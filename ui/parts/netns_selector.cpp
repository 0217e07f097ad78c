// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/netns_selector.h"

#include "core/model/query.h"
#include "ui/look/netns_strings.h"
#include "ui/look/theme.h"

#include <QAbstractItemView>
#include <QSignalBlocker>
#include <QStyle>

#include <algorithm>

namespace halfopen {

namespace {

// What is chosen is cut there; the list and the tooltip have all of it.
constexpr int kNetnsCharacters = 30;

/// Of a service or program that has shut itself off from the network: nobody looks for those.
bool isEmpty(const Frame& frame, std::size_t index) {
    const NetnsKind kind = frame.namespaces[index]->inside.kind;
    return (kind == NetnsKind::Unit || kind == NetnsKind::Program || kind == NetnsKind::Empty) &&
           connectionsIn(frame, index) == 0;
}

} // namespace

NetnsSelector::NetnsSelector(QWidget* parent)
    : QComboBox(parent) {
    setAccessibleName(tr("Network namespace"));
    setMinimumHeight(kTarget);
    setMinimumContentsLength(kNetnsCharacters);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    hide();
    connect(this, &QComboBox::activated, this, [this](int at) {
        if (at >= 0 && at < static_cast<int>(m_items.size()))
            choose(m_items[static_cast<std::size_t>(at)].number);
    });
}

std::vector<NetnsSelector::Item> NetnsSelector::itemsOf(const Frame& frame, std::uint32_t chosen) {
    std::vector<Item> items;
    std::uint32_t all = 0;
    const auto counted = [](const QString& name, std::uint32_t count) {
        return tr("%1: %n connection(s)", "a network namespace", static_cast<int>(count)).arg(name);
    };
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index) {
        const NetnsContext& netns = *frame.namespaces[index];
        if (frame.sampleOf(static_cast<std::uint16_t>(index)).gone)
            continue;
        const std::uint32_t count = connectionsIn(frame, index);
        all += count;
        if (netns.number == 0) {
            const QString name = netns.name.empty() ? tr("This namespace") : tr("This one, %1").arg(netnsName(netns));
            items.insert(items.begin(), {0, counted(name, count), {}});
        } else if (netns.number == chosen || !isEmpty(frame, index)) {
            const QString inside = insideText(netns.inside);
            items.push_back({netns.number,
                             QStringLiteral("%1 \u00b7 %2 \u00b7 %3")
                                 .arg(counted(netnsName(netns), count), inside, tierLabel(netns.tier)),
                             tierSentence(netns.tier)});
        }
    }
    if (!items.empty())
        std::sort(items.begin() + 1, items.end(), [](const Item& a, const Item& b) { return a.text < b.text; });
    items.push_back({kEveryNetns, counted(tr("All namespaces"), all), {}});
    return items;
}

void NetnsSelector::showFrame(const Frame& frame) {
    if (view()->isVisible()) // nothing moves under the pointer
        return;
    auto items = itemsOf(frame, m_chosen);
    const auto isChosen = [this](const Item& item) { return item.number == m_chosen; };
    const bool gone = std::ranges::none_of(items, isChosen);
    if (items != m_items || gone) {
        m_items = std::move(items);
        if (gone)
            m_chosen = 0;
        fill();
    }
    constexpr std::size_t kWorthAChoice = 3; // this one and all are the same otherwise
    setVisible(m_items.size() >= kWorthAChoice);
    if (gone)
        Q_EMIT chosenChanged();
}

void NetnsSelector::fill() {
    const QSignalBlocker quiet(this);
    while (count() > static_cast<int>(m_items.size()))
        removeItem(count() - 1);
    for (int at = 0; at < static_cast<int>(m_items.size()); ++at) {
        const Item& item = m_items[static_cast<std::size_t>(at)];
        if (at == count())
            addItem({});
        setItemText(at, item.text);
        setItemData(at, item.tip, Qt::ToolTipRole);
        if (item.number == m_chosen) {
            setCurrentIndex(at);
            setToolTip(item.tip.isEmpty() ? item.text : item.text + QLatin1Char('\n') + item.tip);
        }
    }
    view()->setMinimumWidth(view()->sizeHintForColumn(0) + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

void NetnsSelector::choose(std::uint32_t number) {
    if (number == m_chosen)
        return;
    m_chosen = number;
    fill();
    Q_EMIT chosenChanged();
}

} // namespace halfopen
