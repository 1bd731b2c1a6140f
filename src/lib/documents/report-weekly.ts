import { ReportDailyData } from './report-daily.js'

/** The same page over the days of a week. */
export const ReportWeeklyData = ReportDailyData
