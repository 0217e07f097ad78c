// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace halfopen {

class NoticeBar;

/// Says what the window shows, where that is not this machine (the laboratory, or which recording), and how far a
/// recording is that is being opened: two lines, hidden while there is nothing to say, and a badge for the bar of
/// pages.
class SourceBanner final : public QWidget {
    Q_OBJECT

public:
    /// @param laboratory  what is shown is a network of its own
    /// @param canReturn   somebody listens to machineRequested()
    SourceBanner(bool laboratory, bool canReturn, QWidget* parent = nullptr);

    void showSource(const QString& file); ///< a recording; "" is this machine, or the laboratory
    QString title() const;                ///< of the window while that is shown
    /// @param of  bytes of the file; 0: nobody knows
    void showOpening(const QString& file, quint64 read, quint64 of);
    void hideOpening();

    QLabel* badge() { return m_badge; } ///< to be placed where it is seen on each page

Q_SIGNALS:
    void machineRequested(); ///< back to this machine
    void openingCancelled();

private:
    void onSourceTriggered();

    bool m_laboratory;
    bool m_canReturn;
    QString m_file;
    QLabel* m_badge;
    NoticeBar* m_source;
    NoticeBar* m_opening;
};

} // namespace halfopen
