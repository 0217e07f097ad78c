// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSplitter>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>

class QSettings;

namespace halfopen {

/// Where the details of what is chosen in a table stand.
enum class DetailsSide : std::uint8_t { Auto, Below, Right };

inline constexpr std::array kDetailsSides{DetailsSide::Auto, DetailsSide::Below, DetailsSide::Right};

/// "auto", "below", "right": the words of the settings.
QString detailsSideKey(DetailsSide side);
std::optional<DetailsSide> parseDetailsSide(const QString& key); ///< the inverse; nullopt where it is none of them

/// A table, and the details of what is chosen in it: below it, or beside it where there is room for both. How a person
/// has divided the room is kept for each. Below a low table there is room for their headline alone, until a person
/// wants the rest.
class DetailsSplitter final : public QSplitter {
    Q_OBJECT

public:
    DetailsSplitter(QWidget* table, QWidget* details);

    /// @param side  Auto: beside the table in a window that is at least kWide pixels wide
    void setSide(DetailsSide side);

    /// @param key  of the group of settings
    void restore(const QSettings& settings, const QString& key);
    void save(QSettings& settings, const QString& key) const;

    /// The details take the height that they ask for themselves, or again what a person has left them.
    void setFolded(bool folded);
    void growDetails(int steps); ///< as the mouse does it, for the keys

    static constexpr int kWide = 1600;
    static constexpr int kLow = 460; ///< pixels for both: a window of 650

Q_SIGNALS:
    void lowChanged(bool low); ///< the details stand below the table, and there is no room for both, or there is again

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void lookHowLow();
    void divide(); ///< as the person has, or as at first
    QByteArray& stateOf(Qt::Orientation orientation) { return orientation == Qt::Horizontal ? m_beside : m_below; }

    DetailsSide m_side = DetailsSide::Auto;
    QByteArray m_below;  ///< as saveState(); empty: as at first
    QByteArray m_beside; ///< likewise
    bool m_low = false;
    bool m_folded = false;
};

} // namespace halfopen
