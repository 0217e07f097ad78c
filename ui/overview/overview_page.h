// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/middlebox.h"
#include "ui/parts/page.h"
#include "ui/parts/verb.h"

#include <cstdint>
#include <vector>

class QComboBox;
class QLabel;
class QToolButton;

namespace halfopen {

class ChartPanel;
class SummaryPanel;

/// The page "Overview": what is wrong on this machine, how it has been for half an hour, when the kernel gives up, who
/// is worst, how connections ended. A mark leads to the connections that it counts, one of the
/// past to those that are so now. While the page is hidden it costs nothing: it
/// asks for nothing and draws nothing.
class OverviewPage final : public Page {
    Q_OBJECT

public:
    /// @param boxes  what may forget connections on the way
    explicit OverviewPage(const std::vector<Middlebox>& boxes);

    void offerGuard(); ///< Verb::Guard can be had

    QString title() const override;
    void showFrame(const FramePtr& newest) override;
    bool takeFocus() override;
    void applyTo(Query& query) const override;
    void restore(const QSettings& settings) override;
    void save(QSettings& settings) const override;

Q_SIGNALS:
    /// A mark was followed. @param filter  "" lists all
    void connectionsRequested(const QString& filter);
    void endingsRequested(const QString& filter); ///< in the history
    void asked(halfopen::Verb verb);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setUpCharts();
    void setUpLayout();
    void connectParts();
    QWidget* newForgotten();
    QWidget* newPorts();
    void refresh();
    void refreshProblems(const Overview& overview);
    void fitProblems();
    void refreshForgotten(const Overview& overview);
    void refreshPorts(const Overview& overview);
    void refreshHistory();
    void showKey();
    std::chrono::seconds pathForgets() const;

    FramePtr m_frame;
    std::uint32_t m_host = 0; ///< HostContext::host
    QWidget* m_content = nullptr;
    QLabel* m_headline;
    SummaryPanel* m_problems;
    QLabel* m_forgotten;
    QComboBox* m_path;
    QToolButton* m_showForgotten;
    QLabel* m_ports;
    QToolButton* m_showPorts;
    QLabel* m_key;
    int m_curveMinutes = 3; ///< that the curve shows
    ChartPanel* m_curve = nullptr;
    ChartPanel* m_givenUp = nullptr;
    ChartPanel* m_worst = nullptr;
    ChartPanel* m_endings = nullptr;
    QComboBox* m_by;
};

} // namespace halfopen
