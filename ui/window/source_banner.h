// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/window/shown_source.h"

#include <QString>
#include <QWidget>

#include <cstdint>

class QLabel;

namespace halfopen {

class NoticeBar;

/// Says what the window shows, where that is not this machine (the laboratory, which recording, or which other machine
/// and how it is with the connection to that one), and how far a recording is that is being opened: two lines, hidden
/// while there is nothing to say, and a badge for the bar of pages.
class SourceBanner final : public QWidget {
    Q_OBJECT

public:
    /// @param laboratory  what is shown is a network of its own
    /// @param canReturn   somebody listens to machineRequested()
    SourceBanner(bool laboratory, bool canReturn, QWidget* parent = nullptr);

    void showSource(const ShownSource& source);
    void showFrame(const Frame& frame); ///< of that source
    QString title() const;              ///< of the window while that is shown
    /// @param of  bytes of the file; 0: nobody knows
    void showOpening(const QString& file, quint64 read, quint64 of);
    void hideOpening();

    QLabel* badge() { return m_badge; } ///< to be placed where it is seen on each page

Q_SIGNALS:
    void machineRequested(); ///< back to this machine
    void againRequested();   ///< the other machine is to be asked again
    void openingCancelled();

private:
    /// How it is with the connection to another machine.
    enum class Line : std::uint8_t { Asking, Failed, There, Lost };

    static Line lineOf(const Frame& frame);
    QString hostSentence(const Frame& frame) const;
    void sayHost(Line line, const QString& sentence);
    QString returnText() const;
    bool canAskAgain() const;
    void onSourceTriggered();

    bool m_laboratory;
    bool m_canReturn;
    ShownSource m_shown;
    Line m_line = Line::Asking;
    QLabel* m_badge;
    NoticeBar* m_source;
    NoticeBar* m_opening;
};

} // namespace halfopen
